package io.deltasync;

import javax.sql.DataSource;

import io.deltasync.launch.DatabaseUnavailableException;
import org.flywaydb.core.Flyway;
import org.springframework.batch.infrastructure.support.DatabaseType;
import org.springframework.jdbc.support.MetaDataAccessException;

/**
 * The tables of the JobRepository and DeltaSync's own, brought up to date by Flyway, with
 * a history of its own beside that of the application.
 */
class Schema {

	private final DataSource dataSource;

	Schema(DataSource dataSource) {
		this.dataSource = dataSource;
	}

	void migrate() {
		DatabaseType type = databaseType();
		String vendor = switch (type) {
			case H2 -> "h2";
			case MYSQL, MARIADB -> "mysql";
			default -> throw new IllegalStateException(
					"DeltaSync stores its Sync Events in H2, MySQL or MariaDB, but spring.datasource.url names a %s database"
						.formatted(type.getProductName()));
		};
		Flyway.configure()
			.dataSource(this.dataSource)
			.table("deltasync_schema_history")
			.baselineOnMigrate(true)
			.baselineVersion("0")
			.locations("classpath:io/deltasync/db/migration/" + vendor)
			.javaMigrations(new V1__spring_batch(type))
			.load()
			.migrate();
	}

	private DatabaseType databaseType() {
		try {
			return DatabaseType.fromMetaData(this.dataSource);
		}
		catch (MetaDataAccessException ex) {
			throw DatabaseUnavailableException.of("The database of the JobRepository (spring.datasource)", ex);
		}
	}

}
