// Checks an export of `recruitcheck ledger export` with Go's own note and tlog packages:
//
//	go run . DIR
package main

import (
	"encoding/base64"
	"encoding/json"
	"fmt"
	"os"
	"strings"

	"golang.org/x/mod/sumdb/note"
	"golang.org/x/mod/sumdb/tlog"
)

func must(err error) { if err != nil { fmt.Println(err); os.Exit(1) } }
func hash(s string) (h tlog.Hash) { b, err := base64.StdEncoding.DecodeString(s); must(err); copy(h[:], b); return }
func proof(list []string) (p []tlog.Hash) { for _, s := range list { p = append(p, hash(s)) }; return }

func main() {
	dir := os.Args[1]
	key, err := os.ReadFile(dir + "/log.vkey"); must(err)
	verifier, err := note.NewVerifier(strings.TrimSpace(string(key))); must(err)
	msg, err := os.ReadFile(dir + "/checkpoint"); must(err)
	_, err = note.Open(msg, note.VerifierList(verifier)); must(err)
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
