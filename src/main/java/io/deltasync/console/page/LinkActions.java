package io.deltasync.console.page;

import java.security.Principal;
import java.time.Instant;

import io.deltasync.console.ConflictException;
import io.deltasync.console.Operations;
import io.deltasync.console.Person;
import io.deltasync.console.RunOptions;
import io.deltasync.event.Mode;
import io.deltasync.event.VerifyOptions;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

/**
 * What people do on the page of a Link.
 */
@Controller
class LinkActions {

	private final Operations operations;

	LinkActions(Operations operations) {
		this.operations = operations;
	}

	@PostMapping("/links/{name}/runs")
	String run(@PathVariable String name, @RequestParam(defaultValue = "DELTA") Mode mode,
			@RequestParam(defaultValue = "false") boolean testing, Principal who, RedirectAttributes redirect)
			throws Exception {
		if (!mode.movesWindow()) {
			throw new ConflictException("A run is a delta run or a full run");
		}
		Long event = this.operations.run(name, new RunOptions(mode, false, testing, false, false),
				new Person(who.getName()));
		return Redirects.toEvent(event, name, "The run was started", redirect);
	}

	@PostMapping("/links/{name}/verifications")
	String verify(@PathVariable String name, @RequestParam(defaultValue = "false") boolean repair, Principal who,
			RedirectAttributes redirect) throws Exception {
		VerifyOptions options = new VerifyOptions(null, VerifyOptions.SETTLE, repair, false, null);
		Long event = this.operations.run(name, RunOptions.verify(options, false), new Person(who.getName()));
		return Redirects.toEvent(event, name, "The verification was started", redirect);
	}

	@PostMapping("/links/{name}/pause")
	String pause(@PathVariable String name, Principal who, RedirectAttributes redirect) {
		this.operations.pause(name, new Person(who.getName()), null);
		return Redirects.toLink(name, "The Link is paused: it is not run automatically. A run in progress continues",
				redirect);
	}

	@PostMapping("/links/{name}/resume")
	String resume(@PathVariable String name, Principal who, RedirectAttributes redirect) {
		this.operations.resume(name, new Person(who.getName()));
		return Redirects.toLink(name, "The Link is run automatically again", redirect);
	}

	/** Either sets the window or keeps it. */
	@PostMapping("/links/{name}/window")
	String window(@PathVariable String name, @RequestParam(defaultValue = "") String to,
			@RequestParam(defaultValue = "false") boolean keep, @RequestParam(defaultValue = "") String shown,
			Principal who, RedirectAttributes redirect) throws Exception {
		Person person = new Person(who.getName());
		@Nullable Long event = keep ? this.operations.keepWindow(name, shown, person)
				: this.operations.setWindow(name, newStart(to), shown, person);
		return Redirects.toEvent(event, name, keep ? "The window is kept" : "The window is set", redirect);
	}

	private static Instant newStart(String to) {
		try {
			return WindowStart.parse(to);
		}
		catch (IllegalArgumentException ex) {
			throw new ConflictException(String.valueOf(ex.getMessage()));
		}
	}

}
