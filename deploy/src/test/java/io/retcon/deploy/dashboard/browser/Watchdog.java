package io.retcon.deploy.dashboard.browser;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;

import org.openqa.selenium.chrome.ChromeDriver;
import org.openqa.selenium.logging.LogEntry;
import org.openqa.selenium.logging.LogType;

import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.StreamSupport;

/** What a browser asked others for, and what it complained of. */
final class Watchdog {
    private static final ObjectMapper JSON = new ObjectMapper();

    private final ChromeDriver driver;
    private final String own;

    /**
     * @param dashboard whose pages ask it alone
     */
    Watchdog(ChromeDriver driver, URI dashboard) {
        this.driver = requireNonNull(driver, "driver is null");
        this.own = dashboard.resolve("/").toString();
    }

    /** What was asked for since one last looked, by its address. */
    List<String> requests() {
        return entries(LogType.PERFORMANCE)
                .map(LogEntry::getMessage)
                .flatMap(Watchdog::request)
                .toList();
    }

    /** Of them, what was asked of anybody but the dashboard. */
    List<String> foreign(List<String> requests) {
        return requests.stream()
                .filter(address -> !address.startsWith(own) && !address.startsWith("data:"))
                .toList();
    }

    /** Errors and warnings on the console since one last looked, violated policies among them. */
    List<String> complaints() {
        var complaints = new ArrayList<String>();
        entries(LogType.BROWSER).forEach(entry -> complaints.add(entry.toString()));
        return complaints;
    }

    private java.util.stream.Stream<LogEntry> entries(String log) {
        return StreamSupport.stream(driver.manage().logs().get(log).spliterator(), false);
    }

    private static java.util.stream.Stream<String> request(String message) {
        try {
            var event = JSON.readTree(message).path("message");
            return event.path("method").asText().equals("Network.requestWillBeSent")
                    ? java.util.stream.Stream.of(event.at("/params/request/url").asText())
                    : java.util.stream.Stream.of();
        } catch (JsonProcessingException e) {
            throw new AssertionError("the browser's log is no JSON: " + message, e);
        }
    }
}
