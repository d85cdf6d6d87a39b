package io.deltasync.console.api;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

import io.deltasync.console.Operations;
import io.deltasync.console.UnknownException;
import io.deltasync.lease.RepositoryDatabase;
import io.deltasync.reject.Reject;
import io.deltasync.reject.Rejects;
import jakarta.servlet.http.HttpServletRequest;
import org.jspecify.annotations.Nullable;
import org.springframework.security.core.Authentication;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/**
 * Rejects in the REST API.
 */
@RestController
@RequestMapping("/api/v1")
class RejectsApi {

	private static final Set<Reject.State> WAITING = EnumSet.of(Reject.State.OPEN, Reject.State.ACKNOWLEDGED,
			Reject.State.QUARANTINED);

	private final Rejects rejects;

	private final Operations operations;

	RejectsApi(RepositoryDatabase database, Operations operations) {
		this.rejects = new Rejects(database.jdbc());
		this.operations = operations;
	}

	@GetMapping("/links/{name}/rejects")
	Page<Reject> rejects(@PathVariable String name, @RequestParam(required = false) Reject.@Nullable State state,
			@RequestParam(required = false) @Nullable Long before,
			@RequestParam(defaultValue = Page.DEFAULT_LIMIT) int limit, Authentication authentication,
			HttpServletRequest request) {
		String link = Caller.of(authentication).link(name, this.operations).name();
		List<Reject> found = this.rejects.newest(link, (state != null) ? EnumSet.of(state) : WAITING,
				(before != null) ? before : Long.MAX_VALUE, Page.toRead(limit));
		return Page.of(found, limit, request, "before", Reject::id);
	}

	@GetMapping("/links/{name}/rejects/waiting")
	Page<Reject> waiting(@PathVariable String name, @RequestParam(required = false) @Nullable String after,
			@RequestParam(defaultValue = Page.DEFAULT_LIMIT) int limit, Authentication authentication,
			HttpServletRequest request) {
		String link = Caller.of(authentication).link(name, this.operations).name();
		int read = Page.toRead(limit);
		WaitingPlace place = WaitingPlace.of(after);
		List<Reject> found = new ArrayList<>();
		if (place.open()) {
			found.addAll(this.rejects.waiting(link, true, place.id(), read));
		}
		if (found.size() < read) {
			found.addAll(this.rejects.waiting(link, false, place.open() ? 0 : place.id(), read - found.size()));
		}
		return Page.of(found, limit, request, "after", WaitingPlace::of);
	}

	@GetMapping("/rejects/{id}")
	Reject reject(@PathVariable long id, Authentication authentication) {
		return find(id, Caller.of(authentication));
	}

	@PostMapping("/rejects/{id}/acknowledge")
	Reject acknowledge(@PathVariable long id, Authentication authentication) {
		Caller caller = Caller.of(authentication);
		find(id, caller);
		this.operations.acknowledge(id, caller.person());
		return find(id, caller);
	}

	@PostMapping("/rejects/{id}/discard")
	Reject discard(@PathVariable long id, Authentication authentication) {
		Caller caller = Caller.of(authentication);
		find(id, caller);
		this.operations.discard(id, caller.person());
		return find(id, caller);
	}

	private Reject find(long id, Caller caller) {
		Reject reject = this.rejects.find(id)
			.orElseThrow(() -> new UnknownException("There is no reject %d".formatted(id)));
		return caller.visible(reject.link(), reject, "Reject %d".formatted(id));
	}

}
