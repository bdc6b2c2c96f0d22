package io.retcon.deploy.cli;

import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Reads a TCP port from the command line: 1 to 65535, or 0 where that means something. */
public final class PortConverter implements ITypeConverter<Integer> {
    private static final int LAST = 65_535;

    @Override
    public Integer convert(String text) {
        try {
            int port = Integer.parseInt(text);
            if (port >= 0 && port <= LAST) {
                return port;
            }
        } catch (NumberFormatException noNumber) {
            // Said below.
        }
        throw new TypeConversionException("'%s' is no port: give 0 to %d".formatted(text, LAST));
    }
}
