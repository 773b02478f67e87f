// Checks an export of `recruitcheck ledger export` with Go's own note and tlog packages:
//
//	go run . DIR
package main

import (
	"encoding/base64"
	"encoding/json"
	"fmt"
	"os"
	"strconv"
	"strings"

	"golang.org/x/mod/sumdb/note"
	"golang.org/x/mod/sumdb/tlog"
)

func must(err error) { if err != nil { fmt.Println(err); os.Exit(1) } }
func hash(s string) (h tlog.Hash) { b, err := base64.StdEncoding.DecodeString(s); must(err); copy(h[:], b); return }
func proof(list []string) (p []tlog.Hash) { for _, s := range list { p = append(p, hash(s)) }; return }

// tiles is where an export lies; its tiles are read as golang.org/x/mod reads those of a log.
type tiles string

func (d tiles) Height() int { return 8 }
func (d tiles) SaveTiles([]tlog.Tile, [][]byte) {}
func (d tiles) ReadTiles(list []tlog.Tile) (data [][]byte, err error) {
	for _, t := range list {
		raw, err := os.ReadFile(string(d) + "/" + strings.Replace(t.Path(), "tile/8/", "tile/", 1)); if err != nil { return nil, err }
		data = append(data, raw)
	}
	return data, nil
}

// checkTiles reads every entry's hash through the tiles, which are tied to the tree's root as they
// are read, and compares it with the entry.
func checkTiles(d tiles, tree tlog.Tree) {
	hashes := tlog.TileHashReader(tree, d)
	for at := int64(0); at < tree.N; at += 256 {
		t := tlog.Tile{H: 8, L: 0, N: at / 256, W: 256}
		if tree.N - at < 256 { t.W = int(tree.N - at) }
		raw, err := os.ReadFile(string(d) + "/" + strings.Replace(t.Path(), "tile/8/0/", "tile/entries/", 1)); must(err)
		for i := at; i < at + int64(t.W); i++ {
			end := 2 + int(raw[0]) << 8 + int(raw[1])
			found, err := hashes.ReadHashes([]int64{tlog.StoredHashIndex(0, i)}); must(err)
			if found[0] != tlog.RecordHash(raw[2:end]) { must(fmt.Errorf("entry %d is not what the tiles say", i)) }
			raw = raw[end:]
		}
	}
}

func main() {
	dir := os.Args[1]
	key, err := os.ReadFile(dir + "/log.vkey"); must(err)
	verifier, err := note.NewVerifier(strings.TrimSpace(string(key))); must(err)
	msg, err := os.ReadFile(dir + "/checkpoint"); must(err)
	signed, err := note.Open(msg, note.VerifierList(verifier)); must(err)
	head := strings.Split(signed.Text, "\n")
	size, err := strconv.ParseInt(head[1], 10, 64); must(err)
	if _, err := os.Stat(dir + "/tile"); err == nil { checkTiles(tiles(dir), tlog.Tree{N: size, Hash: hash(head[2])}) }
	raw, err := os.ReadFile(dir + "/proofs.json"); must(err)
	var all struct {
		Inclusion []struct { Leaf_index, Tree_size int64; Leaf_data_base64, Root string; Inclusion_proof []string }
		Consistency []struct { Old_size, New_size int64; Old_root, New_root string; Consistency_proof []string }
	}
	must(json.Unmarshal(raw, &all))
	for _, i := range all.Inclusion {
		data, err := base64.StdEncoding.DecodeString(i.Leaf_data_base64); must(err)
		must(tlog.CheckRecord(tlog.RecordProof(proof(i.Inclusion_proof)), i.Tree_size, hash(i.Root), i.Leaf_index, tlog.RecordHash(data)))
	}
	for _, c := range all.Consistency {
		must(tlog.CheckTree(tlog.TreeProof(proof(c.Consistency_proof)), c.New_size, hash(c.New_root), c.Old_size, hash(c.Old_root)))
	}
	fmt.Println("checked", len(all.Inclusion), len(all.Consistency))
}
