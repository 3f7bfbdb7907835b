package dev.temps.contract.agent;

import io.avaje.jsonb.Json;

/**
 * First text message of a run WebSocket: a container of its own for one command. It is removed when
 * the command ends or the connection does. Later messages are those of an exec.
 *
 * @param workload what the container is made from; its health, port, lifecycle and volumes mean
 *     nothing here
 * @param exec what runs in it, in place of the image's command, and the terminal it gets
 */
@Json
public record RunStart(WorkloadSpec workload, ExecStart exec) {}
