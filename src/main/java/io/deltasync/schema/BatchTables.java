package io.deltasync.schema;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import io.deltasync.config.LaunchException;
import org.springframework.batch.infrastructure.support.DatabaseType;
import org.springframework.core.io.ClassPathResource;

/**
 * Creates Spring Batch's missing tables and sequences with the script in Spring Batch's
 * own jar. Existing ones may belong to an application, so they are never changed.
 */
final class BatchTables {

	private static final String INSTANCE_IDS = "BATCH_JOB_INSTANCE_SEQ";

	/** The sequence that Spring Batch 5 has instead. */
	private static final String OLD_INSTANCE_IDS = "BATCH_JOB_SEQ";

	/** The table whose ids each sequence creates. */
	private static final Map<String, String> SEQUENCES = Map.of(INSTANCE_IDS, "BATCH_JOB_INSTANCE",
			"BATCH_JOB_EXECUTION_SEQ", "BATCH_JOB_EXECUTION", "BATCH_STEP_EXECUTION_SEQ", "BATCH_STEP_EXECUTION");

	private static final Pattern CREATE = Pattern.compile("(?i)^\\s*CREATE (?:TABLE|SEQUENCE) (\\w+)");

	private static final Pattern COMMENT = Pattern.compile("(?m)^--.*$");

	/**
	 * Indexes for the foreign keys, which only PostgreSQL does not create by itself. They
	 * are created together with their table.
	 */
	private static final Map<String, String> POSTGRESQL_INDEXES = Map.of("BATCH_JOB_EXECUTION",
			"CREATE INDEX BATCH_JOB_EXECUTION_INSTANCE ON BATCH_JOB_EXECUTION (JOB_INSTANCE_ID)",
			"BATCH_JOB_EXECUTION_PARAMS",
			"CREATE INDEX BATCH_JOB_EXECUTION_PARAMS_EXECUTION ON BATCH_JOB_EXECUTION_PARAMS (JOB_EXECUTION_ID)",
			"BATCH_STEP_EXECUTION", "CREATE INDEX BATCH_STEP_EXECUTION_JOB ON BATCH_STEP_EXECUTION (JOB_EXECUTION_ID)");

	private static final String REMEDY = "DeltaSync does not change tables of the application. %s, or give DeltaSync and "
			+ "Spring Batch a database of their own by a @BatchDataSource.";

	/** What Spring Batch calls the database in the names of its scripts. */
	private final String name;

	private final Product product;

	private final String script;

	BatchTables(DatabaseType type) {
		this.name = (type == DatabaseType.POSTGRES) ? "postgresql" : type.name().toLowerCase(Locale.ROOT);
		this.product = switch (type) {
			case H2 -> Product.H2;
			case POSTGRES -> Product.POSTGRESQL;
			default -> Product.MYSQL;
		};
		try {
			this.script = new ClassPathResource("org/springframework/batch/core/schema-%s.sql".formatted(this.name))
				.getContentAsString(StandardCharsets.UTF_8);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	/**
	 * Checks that the existing tables fit this version of Spring Batch.
	 * @param connection the database
	 * @throws LaunchException when they do not
	 * @throws SQLException when the tables cannot be read
	 */
	void check(Connection connection) throws SQLException {
		SchemaObjects existing = SchemaObjects.of(connection);
		if (existing.contains(OLD_INSTANCE_IDS) && !existing.contains(INSTANCE_IDS)) {
			throw refusal(
					"The database of the JobRepository has the tables of Spring Batch 5 (it has %s and no %s)"
						.formatted(OLD_INSTANCE_IDS, INSTANCE_IDS),
					"Migrate them with the script org/springframework/batch/core/migration/6.0/migration-%s.sql of Spring Batch"
						.formatted(this.name));
		}
		checkColumns(connection, existing);
		checkSequences(connection, existing);
		switch (this.product) {
			case MYSQL -> checkCharacterSet(connection);
			case POSTGRESQL -> checkEncoding(connection);
			default -> {
				// has Unicode only
			}
		}
	}

	private void checkColumns(Connection connection, SchemaObjects existing) throws SQLException {
		for (Map.Entry<String, Set<String>> table : CreateStatements.columns(this.script).entrySet()) {
			if (existing.contains(table.getKey())) {
				Set<String> missing = new TreeSet<>(table.getValue());
				missing.removeAll(existing.columns(connection, table.getKey()));
				if (!missing.isEmpty()) {
					throw refusal(
							"The table %s in the database of the JobRepository is not that of Spring Batch 6: it has no column %s"
								.formatted(table.getKey(), String.join(", ", missing)),
							"Migrate it with the scripts in org/springframework/batch/core/migration of Spring Batch, or rename it");
				}
			}
		}
	}

	/**
	 * Checks sequences, because a new sequence would create ids that existing rows have.
	 */
	private static void checkSequences(Connection connection, SchemaObjects existing) throws SQLException {
		for (Map.Entry<String, String> sequence : SEQUENCES.entrySet()) {
			if (!existing.contains(sequence.getKey()) && existing.contains(sequence.getValue())
					&& hasRows(connection, sequence.getValue())) {
				throw refusal(
						"The table %s in the database of the JobRepository has rows, but the sequence %s is missing"
							.formatted(sequence.getValue(), sequence.getKey()),
						"Create it, to start after the greatest id");
			}
		}
	}

	/** Checks the character set, because messages and cursors may hold any character. */
	private static void checkCharacterSet(Connection connection) throws SQLException {
		try (Statement statement = connection.createStatement(); ResultSet rows = statement.executeQuery("""
				SELECT TABLE_NAME FROM INFORMATION_SCHEMA.TABLES WHERE TABLE_SCHEMA = DATABASE()
				AND TABLE_COLLATION NOT LIKE 'utf8mb4%' AND TABLE_NAME IN ('BATCH_JOB_INSTANCE', 'BATCH_JOB_EXECUTION',
				  'BATCH_JOB_EXECUTION_PARAMS', 'BATCH_JOB_EXECUTION_CONTEXT', 'BATCH_STEP_EXECUTION',
				  'BATCH_STEP_EXECUTION_CONTEXT') ORDER BY TABLE_NAME""")) {
			List<String> tables = new ArrayList<>();
			while (rows.next()) {
				tables.add(rows.getString(1));
			}
			if (!tables.isEmpty()) {
				throw refusal(
						"Spring Batch's tables cannot hold all characters, as their character set is not utf8mb4: "
								+ String.join(", ", tables),
						"Execute ALTER TABLE %s CONVERT TO CHARACTER SET utf8mb4%s".formatted(tables.get(0),
								(tables.size() > 1) ? ", and the same for the others" : ""));
			}
		}
	}

	/** Checks the encoding of the database, for the same reason. */
	private static void checkEncoding(Connection connection) throws SQLException {
		try (Statement statement = connection.createStatement();
				ResultSet row = statement.executeQuery("SHOW SERVER_ENCODING")) {
			row.next();
			if (!"UTF8".equals(row.getString(1))) {
				throw LaunchException.ofConfiguration(
						"The database of the JobRepository cannot hold all characters, as its encoding is %s and not UTF8"
							.formatted(row.getString(1)),
						"Create another one with CREATE DATABASE … ENCODING 'UTF8' TEMPLATE template0, and name it in "
								+ "spring.datasource.url.",
						null);
			}
		}
	}

	private static LaunchException refusal(String message, String remedy) {
		return LaunchException.ofConfiguration(message, REMEDY.formatted(remedy), null);
	}

	private static boolean hasRows(Connection connection, String table) throws SQLException {
		try (Statement statement = connection.createStatement();
				ResultSet row = statement.executeQuery("SELECT 1 FROM %s LIMIT 1".formatted(table))) {
			return row.next();
		}
	}

	/**
	 * Creates the missing tables and sequences. A process that died in between may have
	 * created some of them.
	 * @param connection the database
	 * @throws SQLException when something cannot be created
	 */
	void create(Connection connection) throws SQLException {
		SchemaObjects existing = SchemaObjects.of(connection);
		try (Statement statement = connection.createStatement()) {
			for (String sql : COMMENT.matcher(this.script).replaceAll("").strip().split(";\\s*", 0)) {
				Matcher create = CREATE.matcher(sql);
				String created = create.find() ? create.group(1) : "";
				if (!existing.contains(created)) {
					statement.execute(adapted(sql));
					String index = POSTGRESQL_INDEXES.get(created);
					if (this.product == Product.POSTGRESQL && index != null) {
						statement.execute(index);
					}
				}
			}
		}
	}

	/**
	 * Adapts a statement to the database: messages and cursors may hold any character,
	 * and Links that differ only in case or accents are different Links, whatever the
	 * database's own character set. Both are set in the statement that creates the table,
	 * so that no table is left half-adapted.
	 */
	private String adapted(String sql) {
		if (this.product == Product.H2 || !sql.contains("CREATE TABLE")) {
			return sql;
		}
		if (this.product == Product.POSTGRESQL) {
			return sql.replaceAll("(JOB_NAME VARCHAR\\(100\\)|JOB_KEY VARCHAR\\(32\\))", "$1 COLLATE \"C\"");
		}
		return sql
			.replaceFirst("JOB_NAME VARCHAR\\(100\\)",
					"JOB_NAME VARCHAR(100) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin")
			.replaceFirst("(?i)ENGINE=InnoDB", "ENGINE=InnoDB DEFAULT CHARACTER SET utf8mb4");
	}

}
