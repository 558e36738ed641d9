package dev.sluice.gateway.documentation;

import static org.junit.jupiter.api.Assertions.fail;
import static org.junit.jupiter.api.Assumptions.abort;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;

/** Chromium without a window. */
final class Browser {
    private static final String PROGRAM = "chromium";
    private static final long PATIENCE_SECONDS = 240;

    private Browser() {}

    /** A page as it stands after its scripts, and what the browser said meanwhile. */
    record Shown(String page, String said) {}

    /** Opens a page. Where there is no Chromium the test is skipped, but not in CI, which installs one. */
    static Shown open(String url, Path directory) throws IOException, InterruptedException {
        if (!isInstalled()) {
            String missing = "Chromium is not installed (expected: the command " + PROGRAM + " on the PATH)";
            if ("true".equals(System.getenv("CI"))) {
                fail(missing);
            }
            abort(missing);
        }
        Path page = directory.resolve("page.html");
        Path said = directory.resolve("said.log");
        Process browser = new ProcessBuilder(
                        PROGRAM,
                        "--headless",
                        "--no-sandbox",
                        "--disable-gpu",
                        "--disable-dev-shm-usage",
                        "--user-data-dir=" + directory.resolve("profile"),
                        "--enable-logging=stderr",
                        "--virtual-time-budget=30000",
                        "--dump-dom",
                        url)
                .redirectOutput(page.toFile())
                .redirectError(said.toFile())
                .start();
        try {
            if (!browser.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
                fail("Chromium did not end within " + PATIENCE_SECONDS + " s, it said " + Files.readString(said));
            }
            return new Shown(Files.readString(page), Files.readString(said));
        } finally {
            browser.destroyForcibly();
        }
    }

    private static boolean isInstalled() {
        return Pattern.compile(Pattern.quote(File.pathSeparator))
                .splitAsStream(System.getenv("PATH"))
                .anyMatch(folder -> Files.isExecutable(Path.of(folder, PROGRAM)));
    }
}
