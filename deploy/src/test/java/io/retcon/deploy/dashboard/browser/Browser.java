package io.retcon.deploy.dashboard.browser;

import static java.util.Objects.requireNonNull;

import org.openqa.selenium.By;
import org.openqa.selenium.Keys;
import org.openqa.selenium.StaleElementReferenceException;
import org.openqa.selenium.WebElement;
import org.openqa.selenium.chrome.ChromeDriver;
import org.openqa.selenium.interactions.Actions;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.function.BooleanSupplier;

/** One page of a dashboard in a real browser, as a viewer sees it. Not thread-safe. */
final class Browser implements AutoCloseable {
    private static final Duration PAUSE = Duration.ofMillis(50);
    private static final int HEIGHT = 800;
    private static final int LONGEST_PICTURE = 9_000;

    private final ChromeDriver driver;
    private final URI dashboard;
    private final Watchdog watchdog;

    private Browser(ChromeDriver driver, URI dashboard) {
        this.driver = requireNonNull(driver, "driver is null");
        this.dashboard = requireNonNull(dashboard, "dashboard is null");
        this.watchdog = new Watchdog(driver, dashboard);
    }

    /** Skips the test where no browser can be had. */
    static Browser open(Path profile, URI dashboard) {
        var driver = Chromium.start(profile);
        driver.manage().timeouts().scriptTimeout(Duration.ofMinutes(1));
        var browser = new Browser(driver, dashboard);
        browser.look(new Look(Look.Scheme.LIGHT, Look.DESK));
        // What the browser shows of its own before that is nobody's page.
        driver.get("about:blank");
        browser.watchdog.requests();
        return browser;
    }

    /** What it asked for and complained of so far. */
    Watchdog watchdog() {
        return watchdog;
    }

    void go(String path) {
        driver.get(dashboard.resolve(path).toString());
    }

    /** The path of the page that is open. */
    String path() {
        return URI.create(driver.getCurrentUrl()).getPath();
    }

    String source() {
        return driver.getPageSource();
    }

    void look(Look look) {
        driver.executeCdpCommand(
                "Emulation.setDeviceMetricsOverride",
                Map.of(
                        "width",
                        look.width(),
                        "height",
                        HEIGHT,
                        "deviceScaleFactor",
                        1,
                        "mobile",
                        false));
        driver.executeCdpCommand(
                "Emulation.setEmulatedMedia",
                Map.of(
                        "features",
                        List.of(
                                Map.of(
                                        "name",
                                        "prefers-color-scheme",
                                        "value",
                                        look.scheme().word()))));
    }

    boolean has(String css) {
        return !driver.findElements(By.cssSelector(css)).isEmpty();
    }

    /** What is read there; what is not in sight is read as well. */
    String text(String css) {
        return (String) script("return document.querySelector(arguments[0])?.textContent", css);
    }

    long count(String css) {
        return (long) script("return document.querySelectorAll(arguments[0]).length", css);
    }

    void click(String css) {
        only(css).click();
    }

    /** Types it in the place of what stands there. */
    void type(String css, String text) {
        var field = only(css);
        field.sendKeys(Keys.chord(Keys.CONTROL, "a"), Keys.DELETE);
        field.sendKeys(text);
    }

    void press(Keys key) {
        new Actions(driver).sendKeys(key).perform();
    }

    private WebElement only(String css) {
        return driver.findElement(By.cssSelector(css));
    }

    Object script(String javascript, Object... arguments) {
        return driver.executeScript(javascript, arguments);
    }

    Object asyncScript(String javascript, Object... arguments) {
        return driver.executeAsyncScript(javascript, arguments);
    }

    /** Fails where it does not come about in time. */
    void await(String what, Duration patience, BooleanSupplier wished) {
        long end = System.nanoTime() + patience.toNanos();
        while (!holds(wished)) {
            if (System.nanoTime() > end) {
                throw new AssertionError(
                        "%s was not seen within %s at %s; the page says:%n%s"
                                .formatted(what, patience, path(), text("body")));
            }
            try {
                Thread.sleep(PAUSE);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new AssertionError("interrupted while waiting for " + what, e);
            }
        }
    }

    /** Pages change while one looks. */
    private static boolean holds(BooleanSupplier wished) {
        try {
            return wished.getAsBoolean();
        } catch (StaleElementReferenceException changed) {
            return false;
        }
    }

    /** Scrolls through all of the page, so that what is read when it comes into sight is there. */
    void readAll() {
        await(
                "the whole page",
                Duration.ofSeconds(30),
                () -> {
                    script(
                            "const next = document.querySelector('.later[hx-get], .htmx-request');"
                                + " if (next) scrollBy(0, next.getBoundingClientRect().top - 99);");
                    return !has(".later[hx-get]") && !has(".htmx-request");
                });
        script("window.scrollTo(0, 0)");
    }

    /** Of all of the page, as far down as anybody looks. */
    void picture(Path file) throws IOException {
        var size =
                (List<?>)
                        script(
                                "const e = document.documentElement;"
                                        + " return [innerWidth, e.scrollHeight]");
        long width = (long) size.get(0);
        long height = Math.min(LONGEST_PICTURE, (long) size.get(1));
        var taken =
                driver.executeCdpCommand(
                        "Page.captureScreenshot",
                        Map.of(
                                "format",
                                "png",
                                "captureBeyondViewport",
                                true,
                                "clip",
                                Map.of(
                                        "x", 0, "y", 0, "width", width, "height", height, "scale",
                                        1)));
        Files.createDirectories(file.getParent());
        Files.write(file, Base64.getDecoder().decode((String) taken.get("data")));
    }

    @Override
    public void close() {
        driver.quit();
    }
}
