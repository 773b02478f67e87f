"""Real servers, started on loopback for a test and ended by their process id afterwards.

Debian's packages (`debian-packages.txt`) are used as they are; everything they write goes to a
folder of the test run. Nothing needs administrator rights.
"""

from __future__ import annotations

import contextlib
import os
import pwd
import shutil
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

PATH = os.pathsep.join(
    [
        os.environ.get("PATH", ""),
        "/usr/sbin",
        "/usr/local/sbin",
        "/sbin",
        str(Path(sys.executable).parent),
    ]
)


def program(name: str) -> str:
    """Where a program lies, those of administrators included."""
    found = shutil.which(name, path=PATH)
    assert found is not None, f"{name} is missing"
    return found


def free_port() -> int:
    """A port that nobody listens on."""
    with socket.create_server(("127.0.0.1", 0)) as listener:
        return int(listener.getsockname()[1])


@contextlib.contextmanager
def running(*command: str, port: int, log: Path, **environment: str) -> Iterator[None]:
    """Run a server until the block ends; it is ready when its port answers."""
    with log.open("ab") as output:
        process = subprocess.Popen(
            command, stdout=output, stderr=output, stdin=subprocess.DEVNULL, cwd=log.parent,
            env={"PATH": PATH, "HOME": str(log.parent), "LC_ALL": "C.UTF-8", **environment},
        )  # fmt: skip
    try:
        _wait(process, port, log)
        yield
    finally:
        process.terminate()
        try:
            process.wait(15)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()


def _wait(process: subprocess.Popen[bytes], port: int, log: Path) -> None:
    for _ in range(600):
        assert process.poll() is None, log.read_text(errors="replace")[-2000:]
        with contextlib.suppress(OSError), socket.create_connection(("127.0.0.1", port), 1):
            return
        time.sleep(0.05)
    raise AssertionError(log.read_text(errors="replace")[-2000:])


def run(*command: str, folder: Path, **environment: str) -> str:
    """Run a command to its end."""
    done = subprocess.run(
        command, capture_output=True, text=True, cwd=folder, timeout=120, check=False,
        env={"PATH": PATH, "HOME": str(folder), "LC_ALL": "C.UTF-8", **environment},
    )  # fmt: skip
    assert done.returncode == 0, f"{command[0]}: {done.stdout[-1500:]}{done.stderr[-1500:]}"
    return done.stdout


# --- nginx ----------------------------------------------------------------------------------

NGINX = """
daemon off; master_process off; worker_processes 1; pid {folder}/nginx.pid;
error_log {folder}/error.log;
events {{ worker_connections 64; }}
http {{
  types {{ text/html html; application/rss+xml rss; application/json json; image/png png; }}
  default_type text/plain; access_log off; charset utf-8; charset_types text/html text/plain;
  gzip on; gzip_min_length 100; gzip_types application/rss+xml application/json text/plain;
  client_body_temp_path {folder}/t1; proxy_temp_path {folder}/t2; fastcgi_temp_path {folder}/t3;
  uwsgi_temp_path {folder}/t4; scgi_temp_path {folder}/t5;
  server {{
    listen 127.0.0.1:{port}; root {folder}/www; absolute_redirect off;
    location /old {{ return 301 /new.html; }}
    location /away {{ return 302 http://elsewhere.example/; }}
    location /closed {{ auth_basic "closed"; auth_basic_user_file {folder}/none; }}
    location /busy {{ return 429; }}
    {extra}
  }}
}}
"""


@contextlib.contextmanager
def nginx(folder: Path, pages: dict[str, str], extra: str = "") -> Iterator[int]:
    """nginx with these files and places of its configuration; yields its port."""
    port = free_port()
    www = folder / "www"
    for name, text in pages.items():
        (www / name).parent.mkdir(parents=True, exist_ok=True)
        (www / name).write_text(text, encoding="utf-8")
    config = folder / "nginx.conf"
    config.write_text(NGINX.format(folder=folder, port=port, extra=extra))
    with running(
        program("nginx"), "-c", str(config), "-e", str(folder / "error.log"), port=port,
        log=folder / "nginx.log",
    ):  # fmt: skip
        yield port


# --- WordPress with MariaDB -----------------------------------------------------------------

WP_CONFIG = """<?php
define('DB_NAME', 'blog'); define('DB_USER', 'blog'); define('DB_PASSWORD', 'loopback');
define('DB_HOST', 'localhost:{socket}'); define('DB_CHARSET', 'utf8mb4'); define('DB_COLLATE', '');
define('WP_HTTP_BLOCK_EXTERNAL', true); define('DISABLE_WP_CRON', true);
define('WP_HOME', '{url}'); define('WP_SITEURL', '{url}');
define('WP_CONTENT_DIR', '{folder}/content');
foreach (['AUTH_KEY','SECURE_AUTH_KEY','LOGGED_IN_KEY','NONCE_KEY',
          'AUTH_SALT','SECURE_AUTH_SALT','LOGGED_IN_SALT','NONCE_SALT'] as $name) {{
    define($name, 'only on loopback');
}}
$table_prefix = 'wp_';
require_once ABSPATH . 'wp-settings.php';
"""
WP_ROUTER = """<?php
define('ABSPATH', '{folder}/wp/');
$path = parse_url($_SERVER['REQUEST_URI'], PHP_URL_PATH);
$_SERVER['SCRIPT_NAME'] = '/index.php'; $_SERVER['PHP_SELF'] = '/index.php';
require ABSPATH . 'index.php';
"""
WP_INSTALL = """<?php
define('ABSPATH', '{folder}/wp/'); define('WP_INSTALLING', true);
$_SERVER['HTTP_HOST'] = '{host}'; $_SERVER['REQUEST_URI'] = '/';
require ABSPATH . 'wp-load.php';
require ABSPATH . 'wp-admin/includes/upgrade.php';
function wp_new_blog_notification() {{}}
wp_install('Ashgrove science', 'ana', 'ana@ashgrove.example', true, '', 'loopback-only');
update_option('permalink_structure', '/%year%/%postname%/');
wp_delete_post(1, true);
foreach ({posts} as $post) {{
    wp_insert_post($post + ['post_status' => 'publish', 'post_author' => 1]);
}}
global $wp_rewrite; $wp_rewrite->init(); $wp_rewrite->flush_rules(true);
"""


@contextlib.contextmanager
def wordpress(folder: Path, host: str, posts: list[dict[str, str]]) -> Iterator[int]:
    """A fresh WordPress on a fresh MariaDB with these posts; yields its port."""
    port = free_port()
    database = folder / "db"
    sock = folder / "m.sock"
    user = pwd.getpwuid(os.getuid()).pw_name
    run(
        program("mariadb-install-db"), "--no-defaults", f"--user={user}", f"--datadir={database}",
        "--auth-root-authentication-method=normal", "--skip-test-db", folder=folder,
    )  # fmt: skip
    _wordpress_files(folder, f"http://{host}:{port}", sock)
    with _mariadb(folder, database, sock, user):
        run(
            program("mariadb"), "--no-defaults", f"--socket={sock}", "-u", "root", "-e",
            "CREATE DATABASE blog; CREATE USER blog@localhost IDENTIFIED BY 'loopback';"
            "GRANT ALL ON blog.* TO blog@localhost;", folder=folder,
        )  # fmt: skip
        made = ", ".join(
            "[" + ", ".join(f"'{key}' => '{value}'" for key, value in post.items()) + "]"
            for post in posts
        )
        install = folder / "install.php"
        install.write_text(
            WP_INSTALL.format(folder=folder, host=f"{host}:{port}", posts=f"[{made}]")
        )
        run(program("php"), str(install), folder=folder)
        with running(
            program("php"), "-S", f"127.0.0.1:{port}", "-t", str(folder / "wp"),
            str(folder / "router.php"), port=port, log=folder / "php.log",
        ):  # fmt: skip
            yield port


def _wordpress_files(folder: Path, url: str, sock: Path) -> None:
    """Debian's files by link, and a configuration of our own beside them."""
    (folder / "wp").mkdir()
    for file in Path("/usr/share/wordpress").iterdir():
        if file.name != "wp-config.php":
            (folder / "wp" / file.name).symlink_to(file)
    (folder / "content" / "themes").mkdir(parents=True)
    (folder / "wp" / "wp-config.php").write_text(
        WP_CONFIG.format(socket=sock, url=url, folder=folder)
    )
    themes = Path("/usr/share/wordpress/wp-content/themes")
    for theme in themes.iterdir():
        (folder / "content" / "themes" / theme.name).symlink_to(theme)
    (folder / "router.php").write_text(WP_ROUTER.format(folder=folder))


@contextlib.contextmanager
def _mariadb(folder: Path, database: Path, sock: Path, user: str) -> Iterator[None]:
    log = folder / "db.log"
    with log.open("ab") as output:
        process = subprocess.Popen(
            [program("mariadbd"), "--no-defaults", f"--user={user}", f"--datadir={database}",
             f"--socket={sock}", "--skip-networking", "--innodb-flush-log-at-trx-commit=0"],
            stdout=output, stderr=output,
        )  # fmt: skip
    try:
        for _ in range(400):
            assert process.poll() is None, log.read_text(errors="replace")[-2000:]
            if sock.exists():
                break
            time.sleep(0.05)
        yield
    finally:
        process.terminate()
        process.wait(30)


# --- MediaWiki ------------------------------------------------------------------------------

MW_ROUTER = """<?php
$path = parse_url($_SERVER['REQUEST_URI'], PHP_URL_PATH);
$root = '/usr/share/mediawiki';
if (strncmp($path, '/rest.php', 9) === 0) {
    $_SERVER['SCRIPT_NAME'] = '/rest.php'; $_SERVER['PATH_INFO'] = substr($path, 9);
    chdir($root); require $root . '/rest.php';
} elseif (strncmp($path, '/index.php', 10) === 0) {
    $_SERVER['SCRIPT_NAME'] = '/index.php'; $_SERVER['PATH_INFO'] = substr($path, 10);
    chdir($root); require $root . '/index.php';
} else { http_response_code(404); echo 'none'; }
"""


@contextlib.contextmanager
def mediawiki(folder: Path, host: str, articles: dict[str, str]) -> Iterator[int]:
    """A fresh MediaWiki on SQLite with these articles; yields its port."""
    port = free_port()
    scripts = Path("/usr/share/mediawiki/maintenance")
    run(
        program("php"), str(scripts / "install.php"), "--dbtype", "sqlite", "--dbpath",
        str(folder / "db"), "--dbname", "wiki", "--confpath", str(folder), "--server",
        f"http://{host}:{port}", "--scriptpath", "", "--pass", "only-on-loopback-1", "Ashgrove",
        "Admin", folder=folder,
    )  # fmt: skip
    settings = folder / "LocalSettings.php"
    for title, text in articles.items():
        done = subprocess.run(
            [program("php"), str(scripts / "edit.php"), "--conf", str(settings), "-u", "Admin",
             title],
            input=text, text=True, capture_output=True, cwd=folder, timeout=60, check=False,
        )  # fmt: skip
        assert done.returncode == 0, done.stdout[-500:] + done.stderr[-1000:]
    router = folder / "router.php"
    router.write_text(MW_ROUTER)
    with running(
        program("php"), "-S", f"127.0.0.1:{port}", "-t", "/usr/share/mediawiki", str(router),
        port=port, log=folder / "php.log", MW_CONFIG_FILE=str(settings),
    ):  # fmt: skip
        yield port


# --- searx ----------------------------------------------------------------------------------

SEARX = """
general: {{debug: false, instance_name: own, contact_url: false, enable_stats: false}}
brand: {{git_url: "", git_branch: "", issue_url: "", docs_url: "", public_instances: "",
        wiki_url: "", twitter_url: ""}}
search: {{safe_search: 0, autocomplete: "", default_lang: "", ban_time_on_fail: 5,
         max_ban_time_on_fail: 120, prefer_configured_language: false, formats: [html, json]}}
server: {{port: {port}, bind_address: 127.0.0.1, secret_key: "{secret}", base_url: false,
         image_proxy: false, http_protocol_version: "1.1", method: GET,
         default_http_headers: {{X-Robots-Tag: "noindex, nofollow"}}}}
ui: {{autofocus: true, archive_today: false, static_path: /usr/share/python3-searx/static,
     templates_path: /usr/share/python3-searx/templates, default_theme: oscar, default_locale: "",
     theme_args: {{oscar_style: logicodev}}}}
outgoing: {{request_timeout: 4.0, useragent_suffix: "", pool_connections: 10, pool_maxsize: 10}}
locales: {{en: English}}
doi_resolvers: {{oadoi.org: "https://oadoi.org/"}}
default_doi_resolver: oadoi.org
engines:
  - name: blog
    engine: json_engine
    shortcut: bl
    paging: false
    enable_http: true
    categories: general
    search_url: http://127.0.0.1:{blog}/found.json?q={{query}}
    results_query: results
    url_query: url
    title_query: title
    content_query: content
"""


@contextlib.contextmanager
def searx(folder: Path, blog: int) -> Iterator[int]:
    """searx with one engine, which asks the server on port `blog`; yields its port."""
    port = free_port()
    settings = folder / "settings.yml"
    settings.write_text(SEARX.format(port=port, blog=blog, secret="only on loopback"))
    with running(
        program("searx-run"), port=port, log=folder / "searx.log",
        SEARX_SETTINGS_PATH=str(settings),
    ):  # fmt: skip
        yield port


# --- AT Protocol ----------------------------------------------------------------------------


@contextlib.contextmanager
def at_repository(folder: Path) -> Iterator[int]:
    """A repository server with what `at/peer.mjs` writes to it; yields its port."""
    port, ready = free_port(), free_port()
    with running(
        program("node"), str(Path(__file__).with_name("at") / "peer.mjs"), port=ready,
        log=folder / "at.log", READY_PORT=str(ready), PDS_PORT=str(port),
        PLC_PORT=str(free_port()), LOG_ENABLED="false",
    ):  # fmt: skip
        yield port
