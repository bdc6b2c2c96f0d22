package io.retcon.deploy.report;

import java.util.Collection;
import java.util.Set;

/**
 * An HTML or SVG element. Text and attributes are escaped here and only here, so that nothing from
 * outside becomes markup. Not thread-safe.
 */
public final class Element {
    /** Elements that hold nothing and have no end. */
    private static final Set<String> VOID = Set.of("input", "link", "meta", "br");

    private final String name;
    private final StringBuilder attributes = new StringBuilder();
    private final StringBuilder content = new StringBuilder();

    private Element(String name) {
        this.name = name;
    }

    public static Element tag(String name) {
        return new Element(name);
    }

    /** An element that holds nothing but text. */
    public static Element tag(String name, Object text) {
        return new Element(name).text(text);
    }

    public Element with(String attribute, Object value) {
        attributes.append(' ').append(attribute).append("=\"").append(escape(value)).append('"');
        return this;
    }

    public Element text(Object text) {
        content.append(escape(text));
        return this;
    }

    public Element add(Element child) {
        content.append(child);
        return this;
    }

    public Element addAll(Collection<Element> children) {
        children.forEach(this::add);
        return this;
    }

    private static String escape(Object value) {
        return value.toString()
                .replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replace("\"", "&quot;")
                .replace("'", "&#39;");
    }

    @Override
    public String toString() {
        var start = "<" + name + attributes + ">";
        return VOID.contains(name) ? start : start + content + "</" + name + ">";
    }
}
