package dev.temps.control.scheduler;

/**
 * A disk that gets nothing new, as what is there could not go on writing.
 *
 * @param why in words that are the same for nodes with the same trouble: {@code disk 96 % full}
 * @param shortBytes what has to be freed before it gets something again; 0 when that is not known
 */
public record FullDisk(String why, long shortBytes) {}
