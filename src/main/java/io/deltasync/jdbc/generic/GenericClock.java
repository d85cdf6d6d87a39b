package io.deltasync.jdbc.generic;

import java.sql.Connection;
import java.time.Instant;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.util.List;

import io.deltasync.jdbc.dialect.OpenWrites;
import io.deltasync.jdbc.dialect.ServerClock;
import io.deltasync.jdbc.dialect.ServerZone;
import org.jspecify.annotations.Nullable;

/**
 * The clock of this process. There is no standard way to ask a server for its clock with
 * its zone, or for its open transactions.
 */
final class GenericClock implements ServerClock {

	@Override
	public Instant now(Connection connection) {
		return Instant.now().truncatedTo(ChronoUnit.MICROS);
	}

	@Override
	public @Nullable OpenWrites openWrites(Connection connection, Instant until) {
		return null;
	}

	/** Returns one zone, which is unknown. */
	@Override
	public List<ServerZone> zones(Connection connection, List<Instant> times) {
		return List.of(new ServerZone("unknown", "unknown", List.of()));
	}

	@Override
	public String zoneProperty(ZoneId zone) {
		return "see the manual of the database";
	}

}
