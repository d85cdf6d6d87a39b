package io.deltasync.cli.command;

import java.util.List;

import io.deltasync.audit.AuditEntry;
import io.deltasync.audit.AuditLog;
import io.deltasync.cli.Commands;
import io.deltasync.config.ExitCode;
import io.deltasync.lease.DatabaseClock;
import io.deltasync.lease.Pauses;
import io.deltasync.lease.RepositoryDatabase;
import io.deltasync.testing.Stage;
import io.deltasync.testing.StagedApplication;
import io.deltasync.testing.TestDatabase;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.springframework.boot.DefaultApplicationArguments;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.jdbc.core.JdbcTemplate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

/**
 * Tests decisions about many rejects on the command line.
 */
class RejectDecisionCommandIT {

	private static final String WHO = "command-line:" + System.getProperty("user.name");

	private static ConfigurableApplicationContext application;

	private static JdbcTemplate jdbc;

	@BeforeAll
	static void start() {
		Stage stage = new Stage();
		List.of("people", "orders", "single").forEach((link) -> stage.records(link, 5));
		List.of(1, 2, 3).forEach(stage::refuse);
		application = StagedApplication.start(TestDatabase.H2, TestDatabase.H2.createSchema(), stage,
				List.of("people", "orders", "single"));
		jdbc = application.getBean(RepositoryDatabase.class).jdbc();
	}

	@AfterAll
	static void stop() {
		application.close();
	}

	@Test
	void rejectsOfALinkAreDecidedByAPartOfTheirReason() {
		assertThat(execute("run", "people")).isEqualTo(ExitCode.NOT_SUCCESSFUL.value());
		assertThat(execute("run", "orders")).isEqualTo(ExitCode.NOT_SUCCESSFUL.value());
		jdbc.update("UPDATE SYNC_REJECT SET MESSAGE = 'too long' WHERE RECORD_KEY = '2'");

		assertThat(execute("acknowledge", "--link", "people", "--reason", "efuse")).isZero();

		assertThat(states("people")).containsExactly("1 ACKNOWLEDGED", "2 OPEN", "3 ACKNOWLEDGED");
		assertThat(execute("acknowledge", "--link", "people", "--reason", "efuse")).as("none is left")
			.isEqualTo(ExitCode.USAGE.value());
		assertThat(execute("discard", "--link", "people", "--reason", "refused", "--json")).isZero();
		assertThat(states("people")).containsExactly("1 DISCARDED", "2 OPEN", "3 DISCARDED");
		assertThat(states("orders")).containsExactly("1 OPEN", "2 OPEN", "3 OPEN");
		assertThat(actions("people")).extracting(AuditEntry::who, AuditEntry::action, AuditEntry::after)
			.containsExactly(tuple(WHO, "discard", "2 rejects"), tuple(WHO, "acknowledge", "2 rejects"));
	}

	@Test
	void numbersAndAReasonExcludeEachOther() {
		assertThat(execute("discard")).isEqualTo(ExitCode.USAGE.value());
		assertThat(execute("discard", "--link", "people")).isEqualTo(ExitCode.USAGE.value());
		assertThat(execute("discard", "--reason", "x")).isEqualTo(ExitCode.USAGE.value());
		assertThat(execute("discard", "1", "--link", "people", "--reason", "x")).isEqualTo(ExitCode.USAGE.value());
		assertThat(execute("discard", "--link", "people", "--reason", " ")).isEqualTo(ExitCode.USAGE.value());
		assertThat(execute("discard", "--link", "nobody", "--reason", "x")).isEqualTo(ExitCode.USAGE.value());
	}

	@Test
	void whatIsDecidedByNumberIsInTheAuditLog() {
		assertThat(execute("run", "single")).isEqualTo(ExitCode.NOT_SUCCESSFUL.value());
		List<Long> ids = jdbc.queryForList("SELECT REJECT_ID FROM SYNC_REJECT WHERE LINK = 'single' ORDER BY REJECT_ID",
				Long.class);

		assertThat(execute("acknowledge", String.valueOf(ids.get(0)))).isZero();
		assertThat(execute("discard", String.valueOf(ids.get(0)), String.valueOf(ids.get(1)))).isZero();
		assertThat(execute("discard", String.valueOf(ids.get(1)))).as("decided already")
			.isEqualTo(ExitCode.USAGE.value());

		assertThat(actions("single"))
			.extracting(AuditEntry::who, AuditEntry::action, AuditEntry::before, AuditEntry::after)
			.containsExactly(tuple(WHO, "discard", "open", "reject " + ids.get(1)),
					tuple(WHO, "discard", "acknowledged", "reject " + ids.get(0)),
					tuple(WHO, "acknowledge", "open", "reject " + ids.get(0)));
	}

	@Test
	void aLinkIsPausedAndResumedWithAReason() {
		assertThat(execute("pause", "orders", "--reason", "the shop moves")).isZero();
		assertThat(execute("pause", "orders")).as("paused already").isZero();
		assertThat(application.getBean(Pauses.class).all()).containsOnlyKeys("orders");
		assertThat(execute("resume", "orders", "--json")).isZero();
		assertThat(execute("resume", "orders")).as("not paused").isZero();
		assertThat(execute("pause", "nobody")).isEqualTo(ExitCode.USAGE.value());

		assertThat(application.getBean(Pauses.class).all()).isEmpty();
		assertThat(actions("orders")).extracting(AuditEntry::who, AuditEntry::action, AuditEntry::after)
			.containsExactly(tuple(WHO, "resume", null), tuple(WHO, "pause", "the shop moves"));
	}

	private static List<AuditEntry> actions(String link) {
		return new AuditLog(jdbc, application.getBean(DatabaseClock.class)).newest(link, Long.MAX_VALUE, 10);
	}

	private static List<String> states(String link) {
		return jdbc.queryForList(
				"SELECT CONCAT(RECORD_KEY, ' ', STATE) FROM SYNC_REJECT WHERE LINK = ? ORDER BY RECORD_KEY",
				String.class, link);
	}

	private static int execute(String... arguments) {
		Commands commands = application.getBean(Commands.class);
		commands.run(new DefaultApplicationArguments(arguments));
		return commands.getExitCode();
	}

}
