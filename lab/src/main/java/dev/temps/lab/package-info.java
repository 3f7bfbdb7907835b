/**
 * Several real machines on one Linux host: {@code temps lab} and what machine tests stand on.
 *
 * <p>A machine is a set of namespaces with an init of its own, its own disk, network, Docker engine
 * and share of cpu and memory; see {@code machine/init.sh} for what it sees. {@link
 * dev.temps.lab.Lab} makes and takes down a whole lab, {@link dev.temps.lab.Machine} is one of its
 * machines with everything that can happen to it.
 *
 * <p>State: everything of a lab lies in {@code /var/lib/temps-lab/<lab>}, in network namespaces
 * called {@code temps-lab.<lab>.*}, in cgroups under {@code temps-lab/<lab>} and in processes that
 * carry {@code TEMPS_LAB=<lab>/<part>} in their environment. Nothing else is remembered, so taking
 * down works after a crash and on half-made labs. {@code /var/cache/temps-lab} keeps what is made
 * once and shared between labs. Nothing is ever done in the host's own network namespace.
 */
@NullMarked
package dev.temps.lab;

import org.jspecify.annotations.NullMarked;
