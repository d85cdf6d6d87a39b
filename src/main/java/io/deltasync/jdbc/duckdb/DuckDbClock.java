package io.deltasync.jdbc.duckdb;

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
 * The clock of this process, in which DuckDB runs. Nothing shows the transactions that
 * are open: only this process can have any.
 */
final class DuckDbClock implements ServerClock {

	@Override
	public Instant now(Connection connection) {
		return Instant.now().truncatedTo(ChronoUnit.MICROS);
	}

	@Override
	public @Nullable OpenWrites openWrites(Connection connection, Instant until) {
		return null;
	}

	/** Returns one zone without offsets: DuckDB fills columns in that of each session. */
	@Override
	public List<ServerZone> zones(Connection connection, List<Instant> times) {
		return List.of(new ServerZone("of each session", "of each session", List.of()));
	}

	@Override
	public String zoneProperty(ZoneId zone) {
		return "SET TimeZone = '%s'".formatted(zone);
	}

}
