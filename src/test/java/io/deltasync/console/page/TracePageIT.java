package io.deltasync.console.page;

import java.net.http.HttpResponse;
import java.util.List;
import java.util.Map;

import io.deltasync.audit.AuditEntry;
import io.deltasync.audit.AuditLog;
import io.deltasync.console.Browser;
import io.deltasync.console.Browser.Page;
import io.deltasync.console.ConsoleFixture;
import io.deltasync.console.security.Role;
import io.deltasync.event.Mode;
import io.deltasync.event.SyncEvent;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.datasource.DriverManagerDataSource;
import tools.jackson.databind.json.JsonMapper;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests the page about a single record, and the same in the REST API, in a running
 * console.
 */
class TracePageIT {

	private static final String SOURCE = "jdbc:h2:mem:traced-source;DB_CLOSE_DELAY=-1";

	private static final String TARGET = "jdbc:h2:mem:traced-target;DB_CLOSE_DELAY=-1";

	private static final JsonMapper JSON = JsonMapper.shared();

	private static ConsoleFixture console;

	private static Browser viewer;

	private static Browser operator;

	private static JdbcTemplate source;

	private static JdbcTemplate target;

	@BeforeAll
	static void start() {
		source = new JdbcTemplate(new DriverManagerDataSource(SOURCE, "sa", ""));
		target = new JdbcTemplate(new DriverManagerDataSource(TARGET, "sa", ""));
		List.of(source, target)
			.forEach((side) -> side
				.execute("CREATE TABLE person (id INT, line INT, name VARCHAR(20), email VARCHAR(40), "
						+ "PRIMARY KEY (id, line))"));
		console = new ConsoleFixture(List.of("staged"), "deltasync.connections.s.url=" + SOURCE,
				"deltasync.connections.s.username=sa", "deltasync.connections.t.url=" + TARGET,
				"deltasync.connections.t.username=sa", "deltasync.links.people.source.adapter=jdbc",
				"deltasync.links.people.source.connection=s", "deltasync.links.people.source.table=person",
				"deltasync.links.people.target.adapter=jdbc", "deltasync.links.people.target.connection=t",
				"deltasync.links.people.target.table=person", "deltasync.links.people.mask=EMAIL");
		viewer = console.signIn(Role.VIEWER);
		operator = console.signIn(Role.OPERATOR);
		source.update("INSERT INTO person VALUES (7, 1, '<b>Ada</b>', 'ada@example.com')");
	}

	@AfterAll
	static void stop() {
		console.close();
		List.of(source, target).forEach((side) -> side.execute("SHUTDOWN"));
	}

	@Test
	void aRecordIsFoundFromThePageOfItsLinkAndDeliveredByAnOperator() {
		assertThat(viewer.get("/links/people").html()).contains("action=\"/links/people/trace\"");
		assertThat(viewer.get("/links/people/trace").text()).contains("Where is my record?");

		Page pending = viewer.get("/links/people/trace?key=7,1");
		assertThat(pending.text()).contains("Record 7,1: pending", "reads", "<b>Ada</b>", "There is no such record.");
		assertThat(pending.html()).doesNotContain("ada@example.com", "Deliver this record now");
		assertThat(viewer.get("/links/people/trace?key=ID%3D7,LINE%3D1").text()).contains("pending");

		Page page = operator.get("/links/people/trace?key=7,1");
		assertThat(page.html()).contains("Deliver this record now");
		Page started = operator.post("/links/people/deliveries", Map.of("key", "7,1"));
		SyncEvent event = console.await(Long.parseLong(started.uri().getPath().substring("/events/".length())));

		assertThat(event.mode()).isEqualTo(Mode.REPLAY);
		assertThat(event.trigger()).isEqualTo("console:operators");
		assertThat(console.bean(AuditLog.class).newest("people", Long.MAX_VALUE, 1))
			.extracting(AuditEntry::who, AuditEntry::action)
			.containsExactly(org.assertj.core.groups.Tuple.tuple("operators", "deliver"));
		assertThat(viewer.get("/links/people/trace?key=7,1").text()).contains("Record 7,1: in step");
	}

	@Test
	void programsFindAndDeliverARecordToo() throws Exception {
		source.update("INSERT INTO person VALUES (8, 1, 'Grace', 'grace@example.com')");
		String token = console.token(Role.OPERATOR);
		HttpResponse<String> found = console.api("GET", "/api/v1/links/people/trace?key=8,1", token, null);
		assertThat(JSON.readTree(found.body()).get("target").get("state").asString()).isEqualTo("ABSENT");
		assertThat(found.body()).contains("\"EMAIL\":\"***\"").doesNotContain("grace@example.com");

		HttpResponse<String> started = console.api("POST", "/api/v1/links/people/deliveries", token,
				"{\"key\":\"8,1\"}");
		assertThat(started.statusCode()).isEqualTo(202);
		console.await(JSON.readTree(started.body()).get("event").asLong());
		assertThat(JSON.readTree(console.api("GET", "/api/v1/links/people/trace?key=8,1", token, null).body())
			.get("where")
			.asString()).isEqualTo("IN_STEP");

		String other = console.token(Role.OPERATOR, "staged");
		assertThat(console.api("GET", "/api/v1/links/people/trace?key=8,1", other, null).statusCode()).isEqualTo(404);
		assertThat(console.api("POST", "/api/v1/links/people/deliveries", other, "{\"key\":\"8,1\"}").statusCode())
			.isEqualTo(404);
		assertThat(console.api("GET", "/api/v1/links/people/trace?key=x,1", token, null).statusCode()).isEqualTo(400);
		assertThat(console.api("GET", "/api/v1/links/people/trace", token, null).statusCode()).isEqualTo(400);
		assertThat(console.api("POST", "/api/v1/links/people/deliveries", token, "{}").statusCode()).isEqualTo(400);
		assertThat(console.api("POST", "/api/v1/links/staged/deliveries", token, "{\"key\":\"8\"}").statusCode())
			.isEqualTo(400);
	}

	@Test
	void aKeyThatIsNoneIsExplainedOnThePage() {
		assertThat(viewer.get("/links/people/trace?key=x,1").text())
			.contains("Link 'people': 'x' is not a value of the key column 'ID'");
		assertThat(viewer.get("/links/people/trace?key=7").text()).contains("give ID=VALUE LINE=VALUE");
		assertThat(viewer.get("/links/nobody/trace?key=7").status()).isEqualTo(404);
	}

	@Test
	void aLinkWhoseAdaptersCannotLookUpSaysSo() {
		assertThat(operator.get("/links/staged/trace?key=7").text())
			.contains("cannot tell", "Not known: its adapter cannot look up a record")
			.doesNotContain("Deliver this record now");
		assertThat(operator.post("/links/staged/deliveries", Map.of("key", "7")).text())
			.contains("its source cannot look up a record");
	}

}
