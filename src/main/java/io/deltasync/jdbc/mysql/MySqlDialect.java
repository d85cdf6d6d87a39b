package io.deltasync.jdbc.mysql;

import java.sql.DatabaseMetaData;
import java.sql.SQLException;

import io.deltasync.jdbc.value.Column;
import io.deltasync.jdbc.value.ColumnReader;
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
		super("max_execution_time");
		this.mariaDbDriver = mariaDbDriver;
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
	public ColumnReader sentReader(Column column, StoredTimes times) {
		ColumnReader usual = reader(column, times);
		return this.mariaDbDriver ? usual : SentValues.reader(column, usual);
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
	FileDriver files() {
		return this.mariaDbDriver ? new MariaDbFiles() : new ConnectorJFiles();
	}

	@Override
	boolean comparesPadding() {
		return false;
	}

	@Override
	String alias() {
		return " AS `new row`";
	}

	@Override
	String proposed(Column column) {
		return "`new row`." + quote(column.name());
	}

}
