package io.deltasync.console.api;

import java.util.List;

import io.deltasync.console.Operations;
import io.deltasync.console.api.problem.ApiException;
import io.deltasync.console.api.problem.ProblemType;
import io.deltasync.event.LoggedRecord;
import io.deltasync.event.RecordLog;
import io.deltasync.event.SyncEvent;
import io.deltasync.lease.RepositoryDatabase;
import jakarta.servlet.http.HttpServletRequest;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.security.core.Authentication;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/**
 * Sync Events in the REST API.
 */
@RestController
@RequestMapping("/api/v1/events/{id}")
class EventsApi {

	private final RecordLog log;

	private final Operations operations;

	EventsApi(RepositoryDatabase database, Operations operations) {
		this.log = new RecordLog(database.jdbc(), database.product());
		this.operations = operations;
	}

	@GetMapping
	SyncEvent event(@PathVariable long id, Authentication authentication) {
		return find(id, Caller.of(authentication));
	}

	@GetMapping("/records")
	Page<LoggedRecord> records(@PathVariable long id, @RequestParam(required = false) @Nullable String after,
			@RequestParam(defaultValue = Page.DEFAULT_LIMIT) int limit, Authentication authentication,
			HttpServletRequest request) {
		find(id, Caller.of(authentication));
		List<RecordLog.Placed> found = this.log.page(id, place(after), Page.toRead(limit));
		Page<RecordLog.Placed> page = Page.of(found, limit, request, "after", (record) -> text(record.place()));
		return new Page<>(page.items().stream().map(RecordLog.Placed::record).toList(), page.next());
	}

	@PostMapping("/stop")
	@ResponseStatus(HttpStatus.ACCEPTED)
	SyncEvent stop(@PathVariable long id, Authentication authentication) throws Exception {
		Caller caller = Caller.of(authentication);
		find(id, caller);
		this.operations.stop(id, caller.person());
		return this.operations.event(id);
	}

	@PostMapping("/restart")
	ResponseEntity<Started> restart(@PathVariable long id, Authentication authentication, HttpServletRequest request)
			throws Exception {
		Caller caller = Caller.of(authentication);
		SyncEvent event = find(id, caller);
		this.operations.restart(id, caller.person());
		return Started.response(event.link(), id, request);
	}

	@PostMapping("/replay")
	ResponseEntity<Started> replay(@PathVariable long id, Authentication authentication, HttpServletRequest request)
			throws Exception {
		Caller caller = Caller.of(authentication);
		SyncEvent event = find(id, caller);
		return Started.response(event.link(), this.operations.replay(id, caller.person()), request);
	}

	private SyncEvent find(long id, Caller caller) {
		SyncEvent event = this.operations.event(id);
		return caller.visible(event.link(), event, "Sync Event %d".formatted(id));
	}

	private static String text(RecordLog.Place place) {
		return ((place.scope() != null) ? place.scope() : "") + "." + place.id();
	}

	private static RecordLog.@Nullable Place place(@Nullable String text) {
		if (text == null) {
			return null;
		}
		int dot = text.indexOf('.');
		try {
			return new RecordLog.Place((dot == 0) ? null : Long.valueOf(text.substring(0, dot)),
					Long.parseLong(text.substring(dot + 1)));
		}
		catch (NumberFormatException | StringIndexOutOfBoundsException ex) {
			throw new ApiException(ProblemType.INVALID_REQUEST,
					"'after' has a wrong value: %s. Use the address in 'next'".formatted(text));
		}
	}

}
