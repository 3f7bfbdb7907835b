package dev.temps.control.project;

/** A project by id and name. */
public record Project(String id, String name) {}
