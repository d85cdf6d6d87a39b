package io.deltasync.cli.text;

import java.util.stream.IntStream;

import io.deltasync.event.SyncEvent.Failure;
import io.deltasync.event.SyncEvent.Failure.Level;
import io.deltasync.event.SyncEvent.Status;
import io.deltasync.event.view.Json;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;

import static org.assertj.core.api.Assertions.assertThat;

class JsonTests {

	@Test
	void fieldsOfAnEventKeepTheirOrder() {
		String json = Json.write(Events.failed(Status.COMPLETED, new Failure(Level.RECORD, 2L, null, "too \"long\"")));

		assertThat(json).isEqualTo(
				"""
						{"id":7,"link":"customers","mode":"DELTA","testing":false,"trigger":"command-line","status":"COMPLETED",\
						"success":false,"runTimestamp":"2026-11-17T08:00:00Z","windowStart":"2026-11-16T08:00:00.123456Z",\
						"cursorBefore":"a","cursorAfter":null,"strategy":"SCOPES","expectedTotalRecords":1000,\
						"scopes":{"total":3,"done":2,"failed":1},\
						"records":{"fetched":1000,"written":990,"created":12,"failed":7,"warned":4,"ignored":2,"dropped":1,"acknowledged":0},\
						"errors":[{"level":"RECORD","scope":2,"key":null,"message":"too \\"long\\""}],"warnings":[],\
						"attempts":[{"jobExecutionId":9,"status":"FAILED","startedAt":"2026-11-17T08:00:00Z",\
						"endedAt":"2026-11-17T08:00:00.500Z"}],"startedAt":"2026-11-17T08:00:00Z","endedAt":"2026-11-17T08:00:00.500Z",\
						"replayOf":null,"ignoredReasons":[{"reason":"not wanted","records":2}],"deleted":0,"verification":null}""");
	}

	@Test
	void allCharactersSurviveInAnyLocale() {
		String message = "Zürich, 東京, 🚚";

		String json = Json.write(Events.failed(Status.COMPLETED, new Failure(Level.RECORD, 2L, null, message)));

		assertThat(json).isASCII().contains("Z\\u00FCrich, \\u6771\\u4EAC, \\uD83D\\uDE9A");
		assertThat(new JsonMapper().readTree(json).at("/errors/0/message").asString()).isEqualTo(message);
	}

	@Test
	void eventsAreWrittenAsAnArrayOnOneLine() {
		String json = Json.write(IntStream.range(0, 3).mapToObj(Events::successful).toList());

		assertThat(json).startsWith("[{").endsWith("}]").doesNotContain("\n");
	}

}
