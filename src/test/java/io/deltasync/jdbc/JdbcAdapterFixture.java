package io.deltasync.jdbc;

import java.time.Duration;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

import javax.sql.DataSource;

import com.zaxxer.hikari.HikariDataSource;
import io.deltasync.api.Comparison;
import io.deltasync.api.LinkContext;
import io.deltasync.api.RecordInFlight;
import io.deltasync.jdbc.dialect.Dialect;
import io.deltasync.jdbc.dialect.JdbcTables;
import io.deltasync.jdbc.duckdb.DuckDbDialect;
import io.deltasync.jdbc.generic.GenericDialect;
import io.deltasync.jdbc.h2.H2Dialect;
import io.deltasync.jdbc.mysql.MariaDbDialect;
import io.deltasync.jdbc.mysql.MySqlDialect;
import io.deltasync.jdbc.postgresql.PostgreSqlDialect;
import io.deltasync.jdbc.sqlite.SqliteDialect;
import io.deltasync.jdbc.read.JdbcSourceOptions;
import io.deltasync.jdbc.write.JdbcTarget;
import io.deltasync.jdbc.write.JdbcTargetOptions;
import io.deltasync.testing.TestDatabase;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.Parameter;
import org.springframework.jdbc.core.JdbcTemplate;

/** A schema of its own for each test, and adapters that work in it. */
public abstract class JdbcAdapterFixture {

	@Parameter
	public TestDatabase database;

	public Dialect dialect;

	public Databases connections = new Databases();

	public JdbcTemplate jdbc = new JdbcTemplate();

	public String schema = "";

	private HikariDataSource pool = new HikariDataSource();

	@BeforeEach
	void createSchema() {
		this.dialect = switch (this.database) {
			case H2 -> new H2Dialect();
			case MARIADB -> new MariaDbDialect();
			case MYSQL -> new MySqlDialect(false);
			case POSTGRESQL, POSTGRESQL_OLDEST -> new PostgreSqlDialect();
			case SQLITE -> new SqliteDialect();
			case DUCKDB -> new DuckDbDialect();
			case DERBY, HSQLDB -> new GenericDialect();
		};
		this.schema = this.database.createSchema();
		this.pool = new HikariDataSource();
		this.pool.setDataSource(this.database.dataSource(this.schema));
		this.pool.setMaximumPoolSize(2);
		this.pool.setConnectionTimeout(5000);
		this.connections = new Databases().with("db", this.pool);
		this.jdbc = new JdbcTemplate(this.pool);
	}

	@AfterEach
	void dropSchema() {
		if (!this.schema.isEmpty()) {
			this.pool.close();
			this.database.dropSchema(this.schema);
		}
	}

	public DataSource pool() {
		return this.pool;
	}

	public void execute(String... statements) {
		for (String statement : statements) {
			this.jdbc.execute(statement);
		}
	}

	/** Whether the database is a MySQL or a MariaDB. */
	public boolean isMySql() {
		return this.database == TestDatabase.MYSQL || this.database == TestDatabase.MARIADB;
	}

	public boolean isPostgreSql() {
		return this.database == TestDatabase.POSTGRESQL || this.database == TestDatabase.POSTGRESQL_OLDEST;
	}

	/** Returns the type of dates with times without a zone. */
	public String localTime(int digits) {
		return (isMySql() ? "DATETIME(%d)" : "TIMESTAMP(%d)").formatted(digits);
	}

	public String quote(String identifier) {
		return this.dialect.quote(identifier);
	}

	public Pull pull(String table, SourceSettings settings) {
		return new Pull(this.connections, table, settings.options());
	}

	public Pull pull(String table) {
		return pull(table, new SourceSettings());
	}

	public JdbcTarget target(String table, String... key) throws Exception {
		JdbcTarget target = new JdbcTarget(this.connections,
				new JdbcTables(this.connections, BuiltInDialects.with(List.of())));
		target.configure(new JdbcTargetOptions("db", (key.length == 0) ? null : List.of(key), null, null, bulk()));
		target.getBatchSizeLimit(context(table));
		return target;
	}

	/** Whether targets load in bulk. */
	public boolean bulk() {
		return false;
	}

	public LinkContext context(String table) {
		return LinkContext.builder().linkTargetName(table).linkSourceName(table).build();
	}

	public void push(String table, RecordInFlight... records) throws Exception {
		target(table).pushRecords(context(table), List.of(records));
	}

	/** Compares records as a verification does. */
	public List<Comparison> compare(String table, List<RecordInFlight> records) throws Exception {
		return target(table).compare(context(table), records);
	}

	public List<Object> values(List<RecordInFlight> records, String property) {
		List<Object> values = new ArrayList<>();
		for (RecordInFlight record : records) {
			for (Map.Entry<String, ?> entry : record.properties().entrySet()) {
				if (entry.getKey().equalsIgnoreCase(property)) {
					values.add(entry.getValue());
				}
			}
		}
		return values;
	}

	public static RecordInFlight record(Object... namesAndValues) {
		return new RecordInFlight(Records.properties(namesAndValues));
	}

	/** Options of a source, all defaults unless said otherwise. */
	public static final class SourceSettings {

		private List<String> key;

		private List<String> columns;

		private String deltaColumn;

		private Duration overlap;

		private Long overlapNumbers;

		private ZoneId zone;

		private String where;

		private String deletedWhen;

		public SourceSettings where(String condition) {
			this.where = condition;
			return this;
		}

		public SourceSettings deletedWhen(String condition) {
			this.deletedWhen = condition;
			return this;
		}

		public SourceSettings key(String... key) {
			this.key = List.of(key);
			return this;
		}

		public SourceSettings columns(String... columns) {
			this.columns = List.of(columns);
			return this;
		}

		public SourceSettings delta(String column) {
			this.deltaColumn = column;
			return this;
		}

		public SourceSettings overlap(Duration overlap) {
			this.overlap = overlap;
			return this;
		}

		public SourceSettings overlapNumbers(long overlapNumbers) {
			this.overlapNumbers = overlapNumbers;
			return this;
		}

		public SourceSettings zone(String zone) {
			this.zone = ZoneId.of(zone);
			return this;
		}

		public JdbcSourceOptions options() {
			return new JdbcSourceOptions("db", this.key, this.columns, this.deltaColumn, this.overlap,
					this.overlapNumbers, this.zone, this.where, this.deletedWhen, null);
		}

	}

}
