package dev.temps.contract.api;

import io.avaje.jsonb.Json;
import java.util.List;

/**
 * What a loss would do to one app.
 *
 * @param outcome continues, moves, held, no-place, data-away or not-running
 * @param replicas before the loss
 * @param lost how many of them were on those machines
 * @param moves in the order in which they get places
 * @param detail what follows, one sentence
 * @param ways what would each help an app that stays away or gets fewer replicas
 */
@Json
public record LossOfApp(
    String app,
    String outcome,
    int replicas,
    int lost,
    List<LossMove> moves,
    String detail,
    List<String> ways) {}
