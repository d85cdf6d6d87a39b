package io.deltasync.jdbc.mysql;

import java.sql.DatabaseMetaData;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

import io.deltasync.jdbc.dialect.BulkLoad;
import io.deltasync.jdbc.dialect.Table;
import io.deltasync.jdbc.value.Column;
import io.deltasync.jdbc.value.ColumnType;
import io.deltasync.jdbc.value.StoredTimes;
import org.jspecify.annotations.Nullable;

/**
 * The dialect of MySQL 8.0.19 and later, accessed through Connector/J or MariaDB's
 * driver.
 */
public final class MySqlDialect extends MySqlFamilyDialect {

	private final boolean mariaDbDriver;

	/**
	 * Creates the dialect of a connection.
	 * @param mariaDbDriver whether MariaDB's driver is used instead of Connector/J
	 */
	public MySqlDialect(boolean mariaDbDriver) {
		this.mariaDbDriver = mariaDbDriver;
	}

	@Override
	String timeLimit() {
		return "max_execution_time";
	}

	@Override
	public int streamingFetchSize(int rows) {
		return this.mariaDbDriver ? rows : Integer.MIN_VALUE;
	}

	@Override
	public StoredTimes times() {
		return this.mariaDbDriver ? new MariaDbStoredTimes() : new MySqlStoredTimes();
	}

	@Override
	public String name() {
		return "MySQL";
	}

	@Override
	public boolean supports(DatabaseMetaData metaData) throws SQLException {
		return metaData.getDatabaseProductName().contains("MySQL") && !MariaDbDialect.isServer(metaData)
				&& MariaDbDialect.isDriver(metaData) == this.mariaDbDriver;
	}

	/** Compares the class name, because the driver may be absent. */
	@Override
	public @Nullable String oversizedRemedy(SQLException ex) {
		return ex.getClass().getSimpleName().equals("PacketTooBigException")
				? "Raise max_allowed_packet at the server, and the property maxAllowedPacket of the connection where it is set"
				: null;
	}

	@Override
	boolean readsZerosAsNull() {
		return !this.mariaDbDriver;
	}

	@Override
	public String upsert(Table table, List<Column> columns, List<Column> key, int rows) {
		return insert(table, columns, rows) + " AS `new row`" + onDuplicateKey(table, columns, key);
	}

	@Override
	public @Nullable BulkLoad bulk(Table table, List<Column> columns, List<Column> key) {
		String stage = quote(table.schema()) + ".`deltasync stage`";
		String names = names(columns);
		return new MySqlBulkLoad(table.connection(), table.unsafeEngine() == null, new BulkSql(
				"SELECT 1 FROM %s LIMIT 1".formatted(table.quoted()), load(table.quoted(), columns),
				// has a primary key, because sql_require_primary_key may demand one
				"CREATE TEMPORARY TABLE %s (`deltasync row` BIGINT UNSIGNED AUTO_INCREMENT PRIMARY KEY) SELECT %s FROM %s LIMIT 0"
					.formatted(stage, names, table.quoted()),
				load(stage, columns), "INSERT INTO %s (%s) SELECT %s FROM %s AS `new row`%s".formatted(table.quoted(),
						names, names, stage, onDuplicateKey(table, columns, key)),
				"DROP TEMPORARY TABLE " + stage));
	}

	/** Writes special characters as hex, because a mode may disable backslashes. */
	private String load(String into, List<Column> columns) {
		List<String> fields = new ArrayList<>();
		List<String> decoded = new ArrayList<>();
		for (Column column : columns) {
			String name = quote(column.name());
			if (column.type() == ColumnType.BINARY || column.type() == ColumnType.BITS) {
				String variable = "@deltasync" + fields.size();
				fields.add(variable);
				decoded.add("%s = UNHEX(%s)".formatted(name, variable));
			}
			else {
				fields.add(name);
			}
		}
		return "LOAD DATA LOCAL INFILE 'records' INTO TABLE %s CHARACTER SET utf8mb4 FIELDS TERMINATED BY x'09' ESCAPED BY x'5C' LINES TERMINATED BY x'0A' (%s)%s"
			.formatted(into, String.join(", ", fields), decoded.isEmpty() ? "" : " SET " + String.join(", ", decoded));
	}

	@Override
	boolean comparesPadding() {
		return false;
	}

	@Override
	String proposed(Column column) {
		return "`new row`." + quote(column.name());
	}

}
