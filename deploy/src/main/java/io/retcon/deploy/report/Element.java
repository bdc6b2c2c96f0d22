package io.retcon.deploy.report;

import java.util.Collection;

/**
 * An HTML or SVG element. Text and attributes are escaped here and only here, so that nothing from
 * outside becomes markup. Not thread-safe.
 */
final class Element {
    private final String name;
    private final StringBuilder attributes = new StringBuilder();
    private final StringBuilder content = new StringBuilder();

    private Element(String name) {
        this.name = name;
    }

    static Element tag(String name) {
        return new Element(name);
    }

    /** An element that holds nothing but text. */
    static Element tag(String name, Object text) {
        return new Element(name).text(text);
    }

    Element with(String attribute, Object value) {
        attributes.append(' ').append(attribute).append("=\"").append(escape(value)).append('"');
        return this;
    }

    Element text(Object text) {
        content.append(escape(text));
        return this;
    }

    Element add(Element child) {
        content.append(child);
        return this;
    }

    Element addAll(Collection<Element> children) {
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
        return "<" + name + attributes + ">" + content + "</" + name + ">";
    }
}
