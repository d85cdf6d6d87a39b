package io.deltasync.simulation;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.util.SplittableRandom;

/**
 * The table that a Link reads, in a real database. How precise its times are, of which
 * type, whether writers cut them or leave that to the database, which rounds, and whether
 * there is an index, is drawn for each history.
 */
final class SourceTable {

	static final String URL = "jdbc:h2:mem:simulated_shop;DB_CLOSE_DELAY=-1";

	private final String name;

	private final ZoneId zone;

	private final String type;

	private final int digits;

	private final boolean cuts;

	SourceTable(LinkKind kind, SplittableRandom random) {
		this.name = kind.name();
		this.zone = ZoneId.of((kind == LinkKind.BERLIN) ? "Europe/Berlin" : "UTC");
		this.digits = random.nextInt(10);
		this.cuts = random.nextInt(3) > 0;
		int drawn = random.nextInt(10);
		this.type = (drawn == 0) ? "DATE" : "TIMESTAMP(%d)%s".formatted(this.digits,
				(drawn < 4 && kind != LinkKind.BERLIN) ? " WITH TIME ZONE" : "");
		try (Connection connection = connect(); Statement statement = connection.createStatement()) {
			statement.execute("DROP TABLE IF EXISTS " + this.name);
			statement.execute(
					"CREATE TABLE %s (ID INT PRIMARY KEY, VERSION BIGINT NOT NULL, CHANGED %s NOT NULL, SEQ BIGINT NOT NULL)"
						.formatted(this.name, this.type));
			if (random.nextBoolean()) {
				statement.execute("CREATE INDEX %1$s_CHANGED ON %1$s (%2$s)".formatted(this.name,
						(kind.reading() == LinkKind.Reading.TIME) ? "CHANGED" : "SEQ"));
			}
		}
		catch (SQLException ex) {
			throw new IllegalStateException(ex);
		}
	}

	static Connection connect() throws SQLException {
		return DriverManager.getConnection(URL, "sa", "");
	}

	Connection begin() {
		try {
			Connection connection = connect();
			connection.setAutoCommit(false);
			return connection;
		}
		catch (SQLException ex) {
			throw new IllegalStateException(ex);
		}
	}

	void write(Connection connection, int key, long version, Instant now, long number) {
		try (PreparedStatement statement = connection
			.prepareStatement("MERGE INTO %s KEY (ID) VALUES (?, ?, ?, ?)".formatted(this.name))) {
			statement.setInt(1, key);
			statement.setLong(2, version);
			statement.setObject(3, stamp(now));
			statement.setLong(4, number);
			statement.executeUpdate();
		}
		catch (SQLException ex) {
			throw new IllegalStateException(ex);
		}
	}

	void delete(Connection connection, int key) {
		try (PreparedStatement statement = connection
			.prepareStatement("DELETE FROM %s WHERE ID = ?".formatted(this.name))) {
			statement.setInt(1, key);
			statement.executeUpdate();
		}
		catch (SQLException ex) {
			throw new IllegalStateException(ex);
		}
	}

	/** What its times can tell apart. A day is read while it lasts. */
	Duration unit() {
		return this.type.equals("DATE") ? Duration.ZERO : Duration.ofNanos(nanos());
	}

	private long nanos() {
		long unit = 1;
		for (int i = this.digits; i < 9; i++) {
			unit *= 10;
		}
		return unit;
	}

	private Object stamp(Instant now) {
		if (this.type.equals("DATE")) {
			return LocalDate.ofInstant(now, this.zone);
		}
		Instant time = this.cuts ? now.minusNanos(now.getNano() % nanos()) : now;
		return this.type.endsWith("ZONE") ? time.atZone(this.zone).toOffsetDateTime()
				: LocalDateTime.ofInstant(time, this.zone);
	}

	@Override
	public String toString() {
		return "%s %s, %s, %s".formatted(this.name, this.type, this.zone, this.cuts ? "cut" : "rounded");
	}

}
