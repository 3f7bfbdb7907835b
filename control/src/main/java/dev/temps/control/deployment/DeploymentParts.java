package dev.temps.control.deployment;

import dev.temps.control.audit.AuditLog;
import dev.temps.control.event.EventStore;
import dev.temps.control.mesh.AddressBook;
import dev.temps.control.secret.Sealer;
import dev.temps.control.store.Database;
import dev.temps.kit.Ids;
import dev.temps.kit.Time;

/**
 * What the classes of this room share.
 *
 * @param changed called after every committed change of desired state; wakes loops, returns at once
 * @param observedChanged called after every committed change of observed state, likewise
 */
public record DeploymentParts(
    Database database,
    Fleet fleet,
    Ingresses ingresses,
    AddressBook addresses,
    Sealer sealer,
    EventStore events,
    AuditLog audit,
    Ids ids,
    Time time,
    Runnable changed,
    Runnable observedChanged) {}
