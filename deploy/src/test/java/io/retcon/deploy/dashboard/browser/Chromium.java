package io.retcon.deploy.dashboard.browser;

import static org.junit.jupiter.api.Assumptions.abort;

import org.openqa.selenium.chrome.ChromeDriver;
import org.openqa.selenium.chrome.ChromeDriverService;
import org.openqa.selenium.chrome.ChromeOptions;
import org.openqa.selenium.logging.LogType;
import org.openqa.selenium.logging.LoggingPreferences;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.logging.Level;
import java.util.stream.Stream;

/**
 * Starts the Chromium of this machine, if it has one, without a window and with a fresh profile.
 */
final class Chromium {
    private Chromium() {}

    /** Skips the test, aloud, where there is none. */
    static void require() {
        if (browser().isEmpty() || driver().isEmpty()) {
            var why = "there is no browser: install chromium and chromium-driver";
            System.err.println("SKIPPED: " + why);
            abort(why);
        }
    }

    /** Skips the test where there is none. */
    static ChromeDriver start(Path profile) {
        require();
        var options = new ChromeOptions().setBinary(browser().orElseThrow().toFile());
        options.addArguments(
                "--headless",
                "--no-sandbox",
                "--disable-gpu",
                "--disable-quic",
                "--no-first-run",
                "--disable-background-networking",
                "--disable-component-update",
                "--disable-sync",
                "--user-data-dir=" + profile);
        var logs = new LoggingPreferences();
        logs.enable(LogType.BROWSER, Level.ALL);
        logs.enable(LogType.PERFORMANCE, Level.ALL);
        options.setCapability(ChromeOptions.LOGGING_PREFS, logs);
        var service =
                new ChromeDriverService.Builder()
                        .usingDriverExecutable(driver().orElseThrow().toFile())
                        .usingAnyFreePort()
                        .build();
        return new ChromeDriver(service, options);
    }

    private static Optional<Path> browser() {
        return found("chromium", "chromium-browser", "google-chrome");
    }

    private static Optional<Path> driver() {
        return found("chromedriver");
    }

    private static Optional<Path> found(String... names) {
        var folders = List.of(System.getenv("PATH").split(File.pathSeparator));
        return Stream.of(names)
                .flatMap(name -> folders.stream().map(folder -> Path.of(folder, name)))
                .filter(Files::isExecutable)
                .findFirst();
    }
}
