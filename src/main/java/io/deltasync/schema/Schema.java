package io.deltasync.schema;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Set;

import javax.sql.DataSource;

import io.deltasync.config.LaunchException;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.CoreErrorCode;
import org.flywaydb.core.api.ErrorCode;
import org.flywaydb.core.api.FlywayException;
import org.flywaydb.core.api.MigrationVersion;
import org.flywaydb.core.api.exception.FlywayValidateException;
import org.flywaydb.core.api.output.ValidateOutput;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.batch.infrastructure.support.DatabaseType;
import org.springframework.core.io.Resource;
import org.springframework.core.io.support.PathMatchingResourcePatternResolver;
import org.springframework.jdbc.support.MetaDataAccessException;

/**
 * Creates and migrates the tables of the JobRepository and of DeltaSync with Flyway,
 * whose history is kept apart from the application's.
 */
public class Schema {

	private static final Logger logger = LoggerFactory.getLogger(Schema.class);

	/** The version of the last migration. */
	static final String NEWEST = "23";

	private static final Set<ErrorCode> REPAIRABLE = Set.of(CoreErrorCode.FAILED_VERSIONED_MIGRATION,
			CoreErrorCode.RESOLVED_VERSIONED_MIGRATION_NOT_APPLIED);

	private final DataSource dataSource;

	private final RepositoryUrl url;

	/**
	 * Creates the schema without connecting to the database.
	 * @param dataSource the database of the JobRepository
	 * @param url its configured URL
	 */
	public Schema(DataSource dataSource, RepositoryUrl url) {
		this.dataSource = dataSource;
		this.url = url;
	}

	/**
	 * Returns the version of the tables after {@link #migrate()}.
	 * @return the number of the last migration
	 */
	public static String version() {
		return NEWEST;
	}

	/**
	 * Brings the tables up to date.
	 * @return the names of DeltaSync's tables
	 * @throws LaunchException when the database cannot be used
	 */
	public TableNames migrate() {
		DatabaseType type = databaseType();
		String vendor = switch (type) {
			case H2 -> "h2";
			case MYSQL, MARIADB -> "mysql";
			case POSTGRES -> "postgresql";
			default ->
				throw LaunchException.ofConfiguration(
						"spring.datasource.url names a %s database, in which DeltaSync cannot store its Sync Events"
							.formatted(type.getProductName()),
						"Name a PostgreSQL, MySQL, MariaDB or H2 database.", null);
		};
		TableNames upToDate = namesIfUpToDate();
		if (upToDate != null) {
			return upToDate;
		}
		String location = "io/deltasync/db/migration/" + vendor;
		TableNames names = prepare(type, location);
		try {
			migrate(Flyway.configure()
				.dataSource(names.in(new PatientDataSource(this.dataSource)))
				.table(names.history())
				.baselineVersion("0")
				.locations("classpath:" + location)
				.callbacks(new UnfinishedMigrationCleanup(location, names))
				.failOnMissingLocations(true)
				// otherwise Flyway would continue where a later version has been
				.ignoreMigrationPatterns(new String[0])
				.javaMigrations(new V1__spring_batch(type))
				.load());
			return names;
		}
		catch (FlywayValidateException ex) {
			String later = laterVersion(names);
			if (later != null) {
				throw LaunchException.ofConfiguration(
						("The tables in the database of the JobRepository have version %s: a newer release of DeltaSync has "
								+ "migrated them, and this release, which knows versions up to %s, cannot use them. "
								+ "Nothing was changed")
							.formatted(later, NEWEST),
						"Start that newer release again. To go back to this one, restore the database from a backup that was "
								+ "made before the upgrade.",
						ex);
			}
			throw LaunchException.ofConfiguration(
					"The tables in the database of the JobRepository were made by a version that this one does not follow: "
							+ ex.getMessage(),
					"Go back to that version, or name an empty database in spring.datasource.url.", ex);
		}
	}

	/**
	 * Reads Flyway's own history. When there is nothing to do, Flyway itself would take a
	 * considerable part of the start of a short run.
	 */
	private @Nullable TableNames namesIfUpToDate() {
		try (Connection connection = this.dataSource.getConnection()) {
			TableNames names = inUse(connection);
			return (names != null && isNewest(connection, names)) ? names : null;
		}
		catch (SQLException ex) {
			// Flyway will report what is wrong
			return null;
		}
	}

	/**
	 * Checks that the table exists first: querying a missing table would leave a trace in
	 * H2's log.
	 */
	private static @Nullable TableNames inUse(Connection connection) throws SQLException {
		for (TableNames names : TableNames.values()) {
			try (ResultSet tables = connection.getMetaData()
				.getTables(connection.getCatalog(), connection.getSchema(), names.history(), null)) {
				if (tables.next()) {
					return names;
				}
			}
		}
		return null;
	}

	/** Checks the application's tables, and chooses names that it does not use. */
	private TableNames prepare(DatabaseType type, String location) {
		try (Connection connection = this.dataSource.getConnection()) {
			new BatchTables(type).check(connection);
			if (type == DatabaseType.H2 && connection.getMetaData().getURL().startsWith("jdbc:h2:mem:")) {
				logger.warn(
						"The JobRepository is in memory: windows, rejects and Sync Events are lost when this process ends. "
								+ "Name a database in a file or on a server in spring.datasource.url.");
			}
			String taken = takenName(connection, location);
			// must come after the check: another process that creates these tables
			// creates its history first
			TableNames names = inUse(connection);
			if (names == null && taken != null) {
				logger.info("The application has a table {}: DeltaSync's tables have names with the prefix DELTASYNC_",
						taken);
				return TableNames.PREFIXED;
			}
			return (names != null) ? names : TableNames.STANDARD;
		}
		catch (SQLException | IOException ex) {
			throw new IllegalStateException(
					"The tables in the database of the JobRepository cannot be read: " + ex.getMessage(), ex);
		}
	}

	private static @Nullable String takenName(Connection connection, String location) throws SQLException, IOException {
		SchemaObjects existing = SchemaObjects.of(connection);
		for (Resource script : new PathMatchingResourcePatternResolver()
			.getResources("classpath:%s/*.sql".formatted(location))) {
			for (String table : CreateStatements.columns(script.getContentAsString(StandardCharsets.UTF_8)).keySet()) {
				if (existing.contains(table)) {
					return table;
				}
			}
		}
		return null;
	}

	private static boolean isNewest(Connection connection, TableNames names) throws SQLException {
		try (Statement statement = connection.createStatement();
				ResultSet newest = statement
					.executeQuery("SELECT `version`, `success` FROM `%s` ORDER BY `installed_rank` DESC"
						.formatted(names.history())
						.replace("`", connection.getMetaData().getIdentifierQuoteString()))) {
			return newest.next() && NEWEST.equals(newest.getString(1)) && newest.getBoolean(2);
		}
	}

	/** Returns the highest version in the history if this release does not know it. */
	private @Nullable String laterVersion(TableNames names) {
		try (Connection connection = this.dataSource.getConnection();
				Statement statement = connection.createStatement();
				ResultSet versions = statement
					.executeQuery("SELECT `version` FROM `%s` WHERE `version` IS NOT NULL".formatted(names.history())
						.replace("`", connection.getMetaData().getIdentifierQuoteString()))) {
			MigrationVersion highest = MigrationVersion.fromVersion(NEWEST);
			while (versions.next()) {
				MigrationVersion version = MigrationVersion.fromVersion(versions.getString(1));
				highest = (version.compareTo(highest) > 0) ? version : highest;
			}
			return highest.getVersion().equals(NEWEST) ? null : highest.getVersion();
		}
		catch (SQLException ex) {
			logger.debug("The history of migrations cannot be read", ex);
			return null;
		}
	}

	/**
	 * Does not use baselineOnMigrate, which fails when another process has started to
	 * migrate an empty database at the same moment.
	 */
	private static void migrate(Flyway flyway) {
		repair(flyway);
		try {
			flyway.migrate();
		}
		catch (FlywayException ex) {
			if (ex.getErrorCode() != CoreErrorCode.NON_EMPTY_SCHEMA_WITHOUT_SCHEMA_HISTORY_TABLE) {
				throw ex;
			}
			baseline(flyway);
			flyway.migrate();
		}
	}

	/** Lets a failed migration be retried once its cause has been removed. */
	private static void repair(Flyway flyway) {
		List<ValidateOutput> invalid = flyway.validateWithResult().invalidMigrations;
		boolean failed = invalid.stream()
			.anyMatch((migration) -> migration.errorDetails.errorCode == CoreErrorCode.FAILED_VERSIONED_MIGRATION);
		if (failed && invalid.stream().allMatch(Schema::isRepairable)) {
			flyway.repair();
		}
	}

	/**
	 * Whether a migration may be repaired. A repair would only hide changed migrations
	 * and those of a later version.
	 */
	private static boolean isRepairable(ValidateOutput migration) {
		return REPAIRABLE.contains(migration.errorDetails.errorCode)
				&& MigrationVersion.fromVersion(migration.version).compareTo(MigrationVersion.fromVersion(NEWEST)) <= 0;
	}

	private static void baseline(Flyway flyway) {
		try {
			flyway.baseline();
		}
		catch (FlywayException ex) {
			logger.debug(
					"The baseline was not stored: another process has stored it, or the migration will report the error",
					ex);
		}
	}

	private DatabaseType databaseType() {
		try {
			return DatabaseType.fromMetaData(this.dataSource);
		}
		catch (MetaDataAccessException | RuntimeException ex) {
			LaunchException problem = this.url.problem();
			if (problem != null) {
				throw problem;
			}
			if (ex instanceof RuntimeException unforeseen) {
				throw unforeseen;
			}
			throw DatabaseUnavailableException.ofRepository(this.url.url(), this.url.password(), ex);
		}
	}

}
