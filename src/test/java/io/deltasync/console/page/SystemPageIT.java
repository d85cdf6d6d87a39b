package io.deltasync.console.page;

import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Predicate;
import java.util.stream.IntStream;

import io.deltasync.audit.AuditLog;
import io.deltasync.config.Build;
import io.deltasync.console.Browser;
import io.deltasync.console.Browser.Page;
import io.deltasync.console.ConsoleFixture;
import io.deltasync.console.security.Role;
import io.deltasync.lease.Lease;
import io.deltasync.lease.Leases;
import io.deltasync.serve.ServeLoop;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.JdbcTemplate;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests the system page, the audit log and the warnings of the home page in a running
 * console.
 */
class SystemPageIT {

	private static final String ODD = "a/b c%?#ü;x";

	private static final String ODD_PATH = "/links/a%2Fb%20c%25%3F%23%C3%BC%3Bx";

	private static final String URL = "jdbc:h2:mem:system-page;PASSWORD=t0psecret";

	private static ConsoleFixture console;

	private static JdbcTemplate jdbc;

	private static Browser viewer;

	private static Browser operator;

	@BeforeAll
	static void start() {
		console = new ConsoleFixture(List.of("plain", ODD), "deltasync.connections.crm.url=" + URL,
				"deltasync.connections.crm.username=sa", "deltasync.connections.broken.url=jdbc:h2:tcp://127.0.0.1:1/x",
				"deltasync.connections.broken.connection-timeout=1s", "deltasync.remote.password=br0ker",
				"deltasync.serve.max-runs=7");
		jdbc = console.bean(JdbcTemplate.class);
		viewer = console.signIn(Role.VIEWER);
		operator = console.signIn(Role.OPERATOR);
	}

	@AfterAll
	static void stop() {
		console.close();
	}

	@Test
	void processDatabaseAndSettingsAreShownWithoutSecrets() {
		Page page = viewer.get("/system");

		assertThat(page.status()).isEqualTo(200);
		assertThat(page.text()).contains(Build.version(), "Java " + Runtime.version(),
				console.bean(Leases.class).holder(), "0 of at most 7 Links", "Product H2 2.", "Tables version 2",
				"Installation has no id yet", "deltasync.lease PT1M", "deltasync.serve.max-runs 7",
				"deltasync.remote.password ***", "deltasync.remote.broker-url not set", "crm");
		assertThat(page.text())
			.containsPattern("Clock (agrees with|\\d+ ms (ahead of|behind)) this process, to within");
		assertThat(page.html()).doesNotContain("t0psecret", "br0ker");
	}

	@Test
	void clockOfAConnectionIsComparedOnDemand() {
		assertThat(viewer.get("/system").text()).doesNotContain("crm jdbc").contains("0 0 0 Compare");

		Page compared = viewer.get("/system?connection=crm");
		Page broken = viewer.get("/system?connection=broken");

		assertThat(compared.text()).containsPattern("crm .* 0 \\d 0 (agrees with|\\d+ ms)");
		assertThat(broken.status()).isEqualTo(409);
		assertThat(broken.text()).contains("The clock of connection 'broken' cannot be read");
		assertThat(viewer.get("/system?connection=nobody").status()).isEqualTo(404);
	}

	@Test
	void holdersOfLinksAndLanesAreShown() throws Exception {
		try (Lease lease = console.bean(Leases.class).acquire(ODD)) {
			jdbc.update("INSERT INTO SYNC_LANE (STEP_EXECUTION_ID, LINK, LANE, LEASE_TOKEN, CONFIGURATION) "
					+ "VALUES (5, ?, 'lane 3', ?, 'x')", ODD, lease.token());

			Page page = viewer.get("/system");

			assertThat(page.text()).containsPattern("\\Q" + ODD + "\\E ▶ held process \\d+");
			assertThat(page.text()).contains("lane 3 ◷ waits for a worker");
			assertThat(page.html()).contains("href=\"" + ODD_PATH + "\"");
		}
		finally {
			jdbc.update("DELETE FROM SYNC_LANE");
		}
		assertThat(viewer.get("/system").text()).contains("No process runs a Link");
	}

	@Test
	void homePageSaysWhyNothingIsRun() throws Exception {
		assertThat(viewer.get("/links").html()).doesNotContain("class=\"notice\"");
		operator.post(ODD_PATH + "/runs", Map.of());
		long event = jdbc.queryForObject("SELECT MAX(JOB_INSTANCE_ID) FROM BATCH_JOB_INSTANCE", Long.class);
		console.await(event);
		jdbc.update("UPDATE BATCH_JOB_EXECUTION SET STATUS = 'NONSENSE' WHERE JOB_INSTANCE_ID = ?", event);
		jdbc.update(
				"UPDATE SYNC_LEASE SET ACQUIRED_AT = ?, EXPIRES_AT = ?, HOLDER = 'process 1 on lost' WHERE LINK = ?",
				LocalDateTime.ofInstant(Instant.now().minusSeconds(120), ZoneOffset.UTC),
				LocalDateTime.ofInstant(Instant.now().minusSeconds(60), ZoneOffset.UTC), ODD);

		assertThat(viewer.get("/system").text()).contains("✖ expired", "process 1 on lost");
		jdbc.update("UPDATE BATCH_JOB_EXECUTION SET STATUS = 'COMPLETED' WHERE JOB_INSTANCE_ID = ?", event);
		await("/links", (page) -> page.text().contains("Link '" + ODD + "': process 1 on lost has been silent since"));

		jdbc.update("UPDATE BATCH_JOB_EXECUTION SET STATUS = 'NONSENSE' WHERE JOB_INSTANCE_ID = ?", event);
		serve();
		Page problem = await("/system", (page) -> page.text().contains("NONSENSE"));
		assertThat(problem.text()).contains("Why it cannot be run Since " + ODD, "Another start is tried each second");
		jdbc.update("UPDATE BATCH_JOB_EXECUTION SET STATUS = 'COMPLETED' WHERE JOB_INSTANCE_ID = ?", event);
		await("/system", (page) -> page.text().contains("This process can run all its Links"));

		jdbc.execute("ALTER TABLE SYNC_LEASE RENAME TO GONE");
		Page away = await("/system", (page) -> page.text().contains("has not been able to begin runs since"));
		assertThat(away.status()).isEqualTo(200);
		assertThat(away.text()).contains("The database of the JobRepository does not answer", "This process Version");
		Page links = await("/links", (page) -> page.status() == 503);
		assertThat(links.text()).contains("The database does not answer", "has not been able to begin runs since");
		jdbc.execute("ALTER TABLE GONE RENAME TO SYNC_LEASE");
		await("/links", (page) -> page.status() == 200 && !page.html().contains("class=\"notice\""));
	}

	@Test
	void auditLogIsPagedAndFiltered() {
		AuditLog log = console.bean(AuditLog.class);
		log.add("ann", "pause", "plain", null, null, "<b>x</b>");
		IntStream.range(0, 60)
			.forEach((number) -> log.add("bob", "resume", ODD, 1L, "before " + number, "after " + number));

		Page first = viewer.get("/audit");
		Page second = viewer
			.get(first.html().replaceAll("(?s).*rel=\"next\" href=\"([^\"]*)\".*", "$1").replace("&amp;", "&"));
		Page filtered = viewer.get("/audit?link=plain");

		assertThat(first.text()).contains("bob resume " + ODD + " before 59 after 59 event 1", "Older")
			.doesNotContain("before 9 ");
		assertThat(first.html()).contains("href=\"" + ODD_PATH + "\"");
		assertThat(second.text()).contains("before 9 after 9", "before 0 after 0", "ann pause plain - <b>x</b>",
				"Newest");
		assertThat(filtered.text()).contains("ann pause plain").doesNotContain("bob");
		assertThat(filtered.html()).doesNotContain("<b>x</b>");
		assertThat(viewer.get("/audit?link=nobody").text()).contains("Nobody has done anything with this Link");
		assertThat(viewer.get("/system").html()).contains("href=\"/audit\"");
	}

	/** Runs Links until the application ends. */
	private static void serve() {
		Thread thread = new Thread(() -> {
			try {
				console.bean(ServeLoop.class).serve();
			}
			catch (InterruptedException ex) {
				Thread.currentThread().interrupt();
			}
		}, "serve");
		thread.setDaemon(true);
		thread.start();
	}

	private static Page await(String path, Predicate<Page> condition) {
		long end = System.nanoTime() + TimeUnit.MINUTES.toNanos(1);
		Page page = viewer.get(path);
		while (!condition.test(page)) {
			assertThat(System.nanoTime()).as(page.text()).isLessThan(end);
			LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(100));
			page = viewer.get(path);
		}
		return page;
	}

}
