package io.retcon.deploy.bench.soak;

import java.lang.management.ManagementFactory;
import java.util.regex.Pattern;

import javax.management.JMException;
import javax.management.MBeanServer;
import javax.management.ObjectName;

/**
 * The bytes of the objects that something still refers to, by the JVM's own histogram. What a heap
 * says it uses right after a collection holds gaps too, which the collector fills and whose size is
 * its choice.
 */
final class LiveHeap {
    private static final Pattern TOTAL = Pattern.compile("(?m)^Total +\\d+ +(\\d+)");
    private static final Pattern GAPS =
            Pattern.compile("(?m)^ *\\d+: +\\d+ +(\\d+) +\\[Ljdk\\.internal\\.vm\\.FillerElement;");

    private LiveHeap() {}

    /** Collects all garbage first. */
    static long bytes() {
        var histogram = histogram();
        return bytes(histogram, TOTAL) - bytes(histogram, GAPS);
    }

    private static String histogram() {
        MBeanServer server = ManagementFactory.getPlatformMBeanServer();
        try {
            return (String)
                    server.invoke(
                            new ObjectName("com.sun.management:type=DiagnosticCommand"),
                            "gcClassHistogram",
                            new Object[] {new String[0]},
                            new String[] {String[].class.getName()});
        } catch (JMException e) {
            throw new IllegalStateException("this JVM says nothing of its heap's objects", e);
        }
    }

    private static long bytes(String histogram, Pattern line) {
        var found = line.matcher(histogram);
        return found.find() ? Long.parseLong(found.group(1)) : 0;
    }
}
