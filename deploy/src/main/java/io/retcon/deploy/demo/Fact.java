package io.retcon.deploy.demo;

/**
 * Somebody was born somewhere.
 *
 * @param id identifier of the item that asks for it
 * @param subject who: one word
 * @param object where: one word
 * @param window the window that teaches it, from 0
 */
public record Fact(String id, String subject, String object, int window) {}
