# SPDX-License-Identifier: MIT
"""config import from what is on the machine, with a keyring and without one, and config export."""

import json

import keychain
import web
from harness import Folder, Served, expect, expect_equal, expect_in, run
from origin import Origin

KEY = "sk-planted-0123456789-abcdef"


def set_up(folder, url):
    """Claude Code, cc-switch and claude-code-router as their users have them."""
    claude = folder.home / ".claude"
    claude.mkdir(parents=True, exist_ok=True)
    (claude / "settings.json").write_text(json.dumps({"env": {
        "ANTHROPIC_BASE_URL": url, "ANTHROPIC_AUTH_TOKEN": KEY}}))
    switch = folder.home / ".cc-switch"
    switch.mkdir()
    (switch / "config.json").write_text(json.dumps({"version": 2, "claude": {"current": "", "providers": {
        "a": {"name": "GLM", "settingsConfig": {"env": {"ANTHROPIC_BASE_URL": "https://glm.example",
                                                        "ANTHROPIC_AUTH_TOKEN": KEY + "-2"}}},
        "b": {"name": "Chat", "settingsConfig": {"env": {"ANTHROPIC_BASE_URL": "https://o.example"}},
              "meta": {"apiFormat": "openai_chat"}}}}}))
    router = folder.home / ".claude-code-router"
    router.mkdir()
    (router / "config.json").write_text('{"Providers": [{"name": "ds", "api_base_url": '
                                        '"https://ds.example/chat/completions", "api_key": "k"},],}')


def checks(options):
    executable = options.sallyport

    def config(folder, *arguments, environment=None, expected=0):
        done = run([executable, "config", *arguments], folder, environment)
        expect_equal(done.returncode, expected, f"exit code of {arguments} ({done.stderr})")
        expect(KEY not in done.stdout + done.stderr, "a key was printed")
        return done.stdout + done.stderr

    def into_the_keychain():
        def answer(exchange, seen):
            exchange.reply(200, {"seen": seen.field("Authorization")})

        with Origin(answer) as origin, Folder() as folder, keychain.keyring(folder) as environment:
            set_up(folder, f"http://127.0.0.1:{origin.port}/llm")
            said = config(folder, "import", environment=environment)
            for part in ("keychain:glm", "it speaks openai_chat", "does not speak the Messages API"):
                expect_in(part, said, "what was said")
            routes = (folder.config / "routes.yaml").read_text()
            expect(KEY not in routes, "a key is in routes.yaml")
            with Served(executable, folder, "--listen", "127.0.0.1:0", environment=environment) as sallyport:
                token = (folder.state / "token").read_text().strip()
                answered = web.request(sallyport.port, "POST", "/v1/messages", content=web.small_turn(),
                                       fields={"Authorization": f"Bearer {token}"})
                expect_equal(json.loads(answered.content)["seen"], f"Bearer {KEY}", "the credential")
            expect_equal(origin.seen[0].target, "/llm/v1/messages", "the target")
            expect_in("Nothing to do", config(folder, "import", environment=environment), "again")

    def without_a_keychain():
        with Folder() as folder:
            set_up(folder, "https://gw.example/llm")
            said = config(folder, "import", "cc-switch", expected=1)
            expect_in("--keys file", said, "the way on")
            expect(not (folder.config / "routes.yaml").exists(), "routes.yaml was written")
            config(folder, "import", "cc-switch", "--keys", "file")
            key = folder.config / "credentials" / "glm.key"
            expect_equal(key.read_text(), KEY + "-2\n", "the key file")
            expect_equal(key.stat().st_mode & 0o777, 0o600, "its mode")
            config(folder, "check")
            expect_in("gw.example", config(folder, "import", "--list"), "the list")
            expect_in("--use", config(folder, "import", "--use", "nobody", expected=2), "a wrong name")
            config(folder, "import", str(folder.root / "none.yaml"), expected=2)
        with Folder() as folder:
            set_up(folder, "https://gw.example/llm")
            said = config(folder, "import", "claude-code-router")
            expect_in("Nothing to do", said, "an import of nothing")
            expect(not (folder.config / "routes.yaml").exists(), "routes.yaml was written for nothing")

    def exported_and_taken_in():
        with Folder() as folder, Folder() as other:
            (folder.config / "routes.yaml").write_text(
                "upstreams:\n  - name: corp   # password: " + KEY + "\n"
                "    targets: [{url: \"https://gw.example\"}]\n    credential: keychain:corp\n"
                "    via: \"http://me:" + KEY + "@proxy.example:3128\"\n"
                "routes:\n  - name: all\n    upstream: corp\n"
                "    request_headers: {set: {X-Api-Key: \"" + KEY + "\"}}\n")
            said = run([executable, "config", "export"], folder)
            expect_equal(said.returncode, 0, said.stderr)
            expect(KEY not in said.stdout + said.stderr, "the planted key was exported")
            expect_in("request_headers.set.X-Api-Key", said.stderr, "the places")
            expect_in("sallyport credential set corp", said.stdout, "what is needed")
            file = other.root / "sallyport.yaml"
            file.write_text(said.stdout)
            config(other, "import", str(file))
            config(other, "check")
            expect_in("REPLACE-ME", (other.config / "routes.yaml").read_text(), "what is to be filled in")

    def programs_wait_to_be_named():
        with Folder() as folder:
            folder.config.rmdir()
            file = folder.root / "sallyport.yaml"
            mark = folder.root / "ran"
            file.write_text(
                "--- # routes.yaml\nupstreams:\n  - name: corp\n    targets: [{url: \"https://gw.example\"}]\n"
                f"    credential_command: {{run: [touch, {json.dumps(str(mark))}]}}\n"
                "  - name: plain\n    targets: [{url: \"https://p.example\"}]\n"
                "routes:\n  - name: all\n    upstream: corp\n"
                "--- # settings.yaml\nlisten: 127.0.0.1:9000\n")
            said = config(folder, "import", str(file), "--dry-run")
            expect_in(f"runs a program: touch {mark}", said, "the program")
            expect_in("+listen: 127.0.0.1:9000", said, "the settings")
            config(folder, "import", str(file))
            expect("credential_command" not in (folder.config / "routes.yaml").read_text(), "it was taken over")
            config(folder, "import", str(file), "--provider", "corp")
            expect_in("credential_command", (folder.config / "routes.yaml").read_text(), "what was named")
            with Served(executable, folder, "--listen", "127.0.0.1:0"):
                expect(not mark.exists(), "the program ran before a request needed it")

    return [("what runs a program is taken over when it is named", programs_wait_to_be_named),
            ("config import takes over what is there, and its keys into the keychain", into_the_keychain),
            ("without a keychain it writes nothing and names another way", without_a_keychain),
            ("config export has no key, and is taken in elsewhere", exported_and_taken_in)]
