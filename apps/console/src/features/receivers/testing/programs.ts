import { execFileSync } from "node:child_process";
import { copyFileSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";

const inSnippets = (name: string) => new URL(`../snippets/${name}`, import.meta.url);

const JAVA_COMPILER = "javac";

/** As receivers copy it. */
export const readSnippet = (name: string): string => readFileSync(inSnippets(name), "utf8");

/** A program around a snippet that answers each line `id, timestamp, signature, body in base64` with true or false. */
interface Program {
  readonly command: string;
  readonly version: readonly string[];
  /** Writes it into a directory. @returns what the command is given there */
  readonly prepare: (dir: string) => readonly string[];
}

/** By language. Node.js needs none: its snippet is a module of ours. */
export const PROGRAMS: Readonly<Record<string, Program>> = {
  Python: {
    command: "python3",
    version: ["--version"],
    prepare: (dir) => {
      const main = `
import sys
for line in sys.stdin.buffer:
    id, at, signature, body = line.decode().rstrip("\\n").split("\\t")
    headers = {"webhook-id": id, "webhook-timestamp": at, "webhook-signature": signature}
    print("true" if is_signed(headers, base64.b64decode(body)) else "false")
`;
      writeFileSync(join(dir, "main.py"), readSnippet("verify.py") + main);
      return ["main.py"];
    },
  },
  Go: {
    command: "go",
    version: ["version"],
    prepare: (dir) => {
      writeFileSync(
        join(dir, "verify.go"),
        readSnippet("verify.go").replace("package receiver", "package main"),
      );
      writeFileSync(
        join(dir, "main.go"),
        `package main
import ("bufio"; "encoding/base64"; "fmt"; "os"; "strings")
func main() {
	lines := bufio.NewScanner(os.Stdin)
	for lines.Scan() {
		parts := strings.Split(lines.Text(), "\\t")
		headers := map[string]string{"webhook-id": parts[0], "webhook-timestamp": parts[1], "webhook-signature": parts[2]}
		body, _ := base64.StdEncoding.DecodeString(parts[3])
		fmt.Println(IsSigned(func(name string) string { return headers[name] }, body))
	}
}
`,
      );
      return ["run", "main.go", "verify.go"];
    },
  },
  Java: {
    command: "java",
    version: ["-version"],
    prepare: (dir) => {
      copyFileSync(inSnippets("WebhookSignature.java"), join(dir, "WebhookSignature.java"));
      writeFileSync(
        join(dir, "Main.java"),
        `import java.util.*;
class Main {
    public static void main(String[] arguments) throws Exception {
        Scanner lines = new Scanner(System.in, "UTF-8");
        while (lines.hasNextLine()) {
            String[] parts = lines.nextLine().split("\\t", -1);
            Map<String, String> headers = Map.of("webhook-id", parts[0], "webhook-timestamp", parts[1], "webhook-signature", parts[2]);
            System.out.println(WebhookSignature.isSigned(headers::get, Base64.getDecoder().decode(parts[3])));
        }
    }
}
`,
      );
      execFileSync(JAVA_COMPILER, ["-d", dir, "Main.java", "WebhookSignature.java"], { cwd: dir });
      return ["-cp", dir, "Main"];
    },
  },
  PHP: {
    command: "php",
    version: ["--version"],
    prepare: (dir) => {
      const main = `
while (($line = fgets(STDIN)) !== false) {
    [$id, $at, $signature, $body] = explode("\\t", rtrim($line, "\\n"));
    $headers = ["Webhook-Id" => $id, "Webhook-Timestamp" => $at, "Webhook-Signature" => $signature];
    echo is_signed($headers, base64_decode($body)) ? "true" : "false", "\\n";
}
`;
      writeFileSync(join(dir, "main.php"), readSnippet("verify.php") + main);
      return ["main.php"];
    },
  },
};
