package io.deltasync.http.source;

import com.github.tomakehurst.wiremock.client.WireMock;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

/**
 * Options that cannot work are refused before anything runs.
 */
class HttpSourceOptionsTests {

	private static final HttpApi API = new HttpApi();

	@AfterAll
	static void stop() {
		API.close();
	}

	private static HttpSource configured(String yaml) {
		HttpSource source = API.source();
		source.configure(HttpApi.options("connection: shop\nkey: id\n" + yaml));
		return source;
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', quoteCharacter = '`',
			textBlock = """
					{ records: data }                                            | path is missing
					{ path: "/a/{sinze}" }                                       | path has {sinze}, which has no value here; known are {run}, {since}, {until}
					{ path: "/a/{page}" }                                        | path has {page}, which has no value here
					{ path: /a, query: { x: "{since:nonsense}" } }               | query.x has {since:nonsense}, but 'nonsense' is not a format of times
					{ path: /a, body: { f: { x: [ a, "{id}" ] } } }              | body.f.x.1 has {id}, which has no value here
					{ path: /a, headers: { X: "{" } }                            | headers.X has a single {; write {{ for the character itself
					{ path: /a, records: "a..b" }                                | records is 'a..b'; give names with single dots
					{ path: "/a/{id}", list: { path: /i, id: "a.*" } }           | list.id is 'a.*', but '*' stands for many places
					{ path: /a, body: { f: { x: 1 } }, headers: { Content-Type: application/x-www-form-urlencoded } } | body.f is more than a text
					{ path: /a, delta: { format: sometimes } }                   | delta.format 'sometimes' is not a format of times
					{ path: /a, paging: { type: next } }                         | paging.next is missing; give header:Link
					{ path: /a, paging: { type: page, total: "header:T" } }      | paging.size is missing
					{ path: /a, paging: { type: offset } }                       | paging.size is missing
					{ path: /a, paging: { type: page, total: "header:", size: 1 } } | paging.total is 'header:'; give header:NAME
					{ path: /a, paging: { type: page, next-param: x } }          | paging.next is only for paging by 'type: next'
					{ path: /a, max-results: 10 }                                | max-results needs to know how many records there are; give paging.total
					{ path: /a, format: csv, records: data }                     | records has no meaning beside 'format: csv'; remove it
					{ path: /a, format: jsonl, paging: { type: next, next: meta.next } } | paging.next is 'meta.next', but answers in the format jsonl have no fields beside the records; give header:NAME
					{ format: csv, export: { create: { path: /e }, poll: { path: /e, done: d }, download: { path: /e } } } | format has no meaning beside 'export'; remove it
					{ path: /a, query: { a: "{since}", b: "{until}" }, delta: { step: 7d } } | delta.step has no first step in a run that reads everything; give delta.start
					{ path: /a, query: { a: "{since}" }, delta: { step: 7d, start: "2026-01-01T00:00:00Z" } } | delta.step has no meaning unless the requests contain {since} and {until}
					{ path: /a, delta: { format: number } }                      | delta.property is missing; it is required by 'delta.format: number'
					{ path: /a, query: { a: "{until}" }, delta: { property: v, format: number } } | query.a has {until}, which has no value here; known are {run}, {since}
					{ path: /a, delta: { property: v, format: number, start: "2026-01-01T00:00:00Z" } } | delta.start is a time; give delta.start-number
					{ path: /a, delta: { property: v, format: number }, paging: { type: page } }  | paging.type is page, by which a record is missed
					{ path: "/a/{id}", list: { path: /i }, delta: { property: v, format: number } } | list is not possible with 'delta.format: number'
					{ path: /a, delta: { start-number: 1 } }                     | delta.start-number is only for 'delta.format: number'
					{ path: /a, paging: { type: since } }                        | paging.type is since, which needs 'delta.format: number' and {since} in the request
					{ path: /a, query: { a: "{since}" }, delta: { property: v, format: number }, paging: { type: since, total: t } } | paging.total has no meaning with 'type: since'
					{ path: /a, delta: { order: newest-first } }                 | delta.property is missing; it is required by 'delta.order: newest-first'
					{ path: /a, query: { a: "{since}" }, delta: { property: at, order: newest-first } } | delta.order is for APIs that cannot select changes; remove it
					{ path: /a, fail-when: [ "=a" ] }                            | fail-when is '=a'; give a path such as error
					{ path: /a, parent: { a: b } }                               | parent needs an element around the records, as in 'records: data.*.items'
					{ path: /a, records: "a.*", parent: { a: b } }               | parent needs an element around the records
					{ path: /a, records: "a.*.b", parent: { x: b.c } }           | parent has 'b.c' for 'x', which is not beside the records
					{ path: /a, records: "a.*.b.c", parent: { x: b } }           | parent has 'b' for 'x', which is not beside the records
					{ path: "/a/{id}", list: { path: /ids, properties: { x: "a.*" } } } | list.properties.x is 'a.*', but '*' stands for many places
					{ parent: { a: b }, export: { create: { path: /e }, poll: { path: /e, done: d }, download: { path: /e } } } | parent has no meaning beside 'export'
					{ path: /a, body-text: "<since>{since}</since>" }            | body-text has {since}, which has no value in a run that reads everything; give delta.start
					{ path: /a, body-text: "{page}" }                            | body-text has {page}, which has no value here
					{ path: /a, body-text: a, body: { b: c } }                   | body-text is given beside body; remove one of them
					{ path: /a, body-text: a, headers: { Content-Type: text/xml; charset=latin1 } } | headers.Content-Type is 'text/xml; charset=latin1', but a text is sent in UTF-8
					{ body-text: a, export: { create: { path: /e }, poll: { path: /e, done: d }, download: { path: /e } } } | body-text has no meaning beside 'export'
					{ path: /a, no-records-status: 200 }                         | no-records-status is '200'; give a status of an error such as 404, or 400 code=busy
					{ path: /a, no-records-status: 503 }                         | no-records-status has 503, with which a server says that it has failed
					{ path: /a, retry-status: 401 }                              | retry-status has 401, which the connection handles
					{ path: /a, no-records-status: 400 a=b, retry-status: 400 }  | no-records-status has 400, which retry-status has too
					{ no-records-status: 404, export: { create: { path: /e }, poll: { path: /e, done: d }, download: { path: /e } } } | no-records-status has no meaning beside 'export'
					{ path: /a, list: { path: /ids } }                           | path has no {id}, so each request would ask for the same
					{ path: "/a/{id}", ids-per-call: 5, list: { path: /ids } }   | path has no {ids}, so each request
					{ path: "/a/{id}" }                                          | path has {id}, which has no value here
					{ path: /a, method: "GET /" }                                | method is 'GET /'; give a method such as GET or POST
					{ path: /a, export: { create: { path: /e }, poll: { path: /e, done: d }, download: { path: /e } } } | path has no meaning beside 'export'; remove it
					{ export: { create: { path: "/e/{job.id}" }, poll: { path: /e, done: d }, download: { path: /e } } } | export.create.path has {job.id}, which has no value here
					{ export: { create: { path: /e }, poll: { path: /e, done: d }, download: { path: /e }, delete: { path: "/e/{until}" } } } | export.delete.path has {until}, which has no value here; known are {job.FIELD}
					""")
	void optionsThatCannotWorkAreRefused(String flow, String message) {
		String inner = flow.strip();
		String yaml = inner.substring(1, inner.length() - 1).strip();

		assertThatIllegalArgumentException().isThrownBy(() -> configured(blocks(yaml)))
			.withMessageStartingWith(message);
	}

	/** Puts each option of a flow on a line of its own. */
	private static String blocks(String flow) {
		StringBuilder lines = new StringBuilder();
		int depth = 0;
		boolean quoted = false;
		for (char c : flow.toCharArray()) {
			quoted ^= c == '"';
			depth += quoted ? 0 : (c == '{' || c == '[') ? 1 : (c == '}' || c == ']') ? -1 : 0;
			lines.append((c == ',' && depth == 0 && !quoted) ? '\n' : c);
		}
		return lines.toString().replace("\n ", "\n");
	}

	@Test
	void allProblemsAreReportedAtOnce() {
		assertThatIllegalArgumentException().isThrownBy(() -> configured("""
				path: /a/{x}
				query: { a: "{y}" }
				paging: { type: next }
				"""))
			.withMessageContaining("path has {x}")
			.withMessageContaining("query.a has {y}")
			.withMessageContaining("paging.next is missing");
	}

	@Test
	void onlyLinksThatAskForChangesLeaveRecordsOut() {
		assertThat(configured("path: /a").fetchesEverything()).isTrue();
		assertThat(configured("path: /a\nquery: { s: \"{since}\" }").fetchesEverything()).isFalse();
		assertThat(configured("path: /a\ndelta: { property: at }").fetchesEverything()).isFalse();
	}

	@Test
	void identityIsWhatIsAskedForAndNotHow() {
		String one = configured("path: /a\nquery: { s: \"1\" }\npaging: { type: page, size: 10, total: t }")
			.identity(HttpApi.context().build());

		assertThat(one)
			.isEqualTo(configured("path: /a\nquery: { s: \"1\" }\npaging: { type: page, size: 99, total: t }")
				.identity(HttpApi.context().build()));
		assertThat(one).isNotEqualTo(configured("path: /a\nquery: { s: \"2\" }").identity(HttpApi.context().build()))
			.contains(API.url())
			.doesNotContain("shop");
	}

	@Test
	void textOfABodyIsPartOfTheIdentityWithoutBeingReadable() {
		String one = configured("path: /a\nbody-text: password=w0rd").identity(HttpApi.context().build());

		assertThat(one).doesNotContain("w0rd")
			.isEqualTo(configured("path: /a\nbody-text: password=w0rd").identity(HttpApi.context().build()))
			.isNotEqualTo(configured("path: /a\nbody-text: password=other").identity(HttpApi.context().build()));
	}

	@Test
	void secretsAreNeitherInTheIdentityNorInMessages() {
		HttpSource source = configured("""
				path: /a
				query: { api_key: k3y, state: open }
				body: { login: { password: w0rd } }
				""");
		API.answer((request) -> WireMock.notFound());

		assertThat(source.identity(HttpApi.context().build())).contains("open", "***")
			.doesNotContain("k3y")
			.doesNotContain("w0rd");
		assertThat(API.kit("path: /a\nkey: id\nquery: { api_key: k3y, state: open }").fetchOnce().run().failures())
			.singleElement()
			.asString()
			.contains("GET /a?", "state=open", "api_key=***");
	}

}
