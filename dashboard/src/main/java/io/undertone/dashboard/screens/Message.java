package io.undertone.dashboard.screens;

/**
 * A server-sent event.
 *
 * @param event its name
 * @param id how far the events topic was read
 * @param data JSON
 */
public record Message(String event, String id, String data) {}
