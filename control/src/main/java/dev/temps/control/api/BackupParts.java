package dev.temps.control.api;

import dev.temps.control.backup.Backups;
import dev.temps.control.backup.Courier;
import dev.temps.control.backup.Rounds;
import dev.temps.control.backup.Snapshots;
import dev.temps.control.node.Supersession;

/** What the API shows and does about snapshots and restores. */
public record BackupParts(
    Snapshots snapshots,
    Backups backups,
    Rounds rounds,
    Courier courier,
    Supersession supersession) {}
