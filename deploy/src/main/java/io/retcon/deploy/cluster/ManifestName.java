package io.retcon.deploy.cluster;

import io.retcon.deploy.manifest.Manifest;

import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

import java.util.Arrays;

/** Reads a manifest's name as users type it. */
final class ManifestName implements ITypeConverter<Manifest> {
    @Override
    public Manifest convert(String name) {
        return Arrays.stream(Manifest.values())
                .filter(manifest -> manifest.toString().equals(name))
                .findFirst()
                .orElseThrow(
                        () ->
                                new TypeConversionException(
                                        "'%s' is none of %s"
                                                .formatted(
                                                        name, Arrays.toString(Manifest.values()))));
    }
}
