package io.retcon.deploy.bench;

import com.sun.management.OperatingSystemMXBean;

import java.lang.management.ManagementFactory;

/** What time is measured in. */
public enum Clock {
    /** What a user waits for; true only where nothing else runs. */
    wall {
        @Override
        public long nanos() {
            return System.nanoTime();
        }
    },
    /** Processor time of all the process's threads: fair on a busy machine. */
    processor {
        @Override
        public long nanos() {
            return SYSTEM.getProcessCpuTime();
        }
    };

    private static final OperatingSystemMXBean SYSTEM =
            ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class);

    public abstract long nanos();

    /** Of a rate: seconds that passed, or seconds of all processors together. */
    String unit(String unit) {
        return this == wall ? unit + "/s" : unit + "/processor s";
    }
}
