package io.deltasync.console.page;

import java.security.Principal;

import io.deltasync.console.Operations;
import io.deltasync.console.Person;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

/**
 * What people do on the page of a Sync Event.
 */
@Controller
class EventActions {

	private final Operations operations;

	EventActions(Operations operations) {
		this.operations = operations;
	}

	@PostMapping("/events/{id}/stop")
	String stop(@PathVariable long id, Principal who, RedirectAttributes redirect) throws Exception {
		this.operations.stop(id, new Person(who.getName()));
		return Redirects.toEvent(id, "", "The run was asked to stop; it stops after the current batch", redirect);
	}

	@PostMapping("/events/{id}/restart")
	String restart(@PathVariable long id, Principal who, RedirectAttributes redirect) throws Exception {
		this.operations.restart(id, new Person(who.getName()));
		return Redirects.toEvent(id, "", "The run was restarted", redirect);
	}

	@PostMapping("/events/{id}/replay")
	String replay(@PathVariable long id, Principal who, RedirectAttributes redirect) throws Exception {
		Long replay = this.operations.replay(id, new Person(who.getName()));
		return Redirects.toEvent(replay, this.operations.event(id).link(),
				"The replay of event %d was started".formatted(id), redirect);
	}

}
