package io.deltasync.console.page;

import java.security.Principal;
import java.time.InstantSource;
import java.util.List;

import io.deltasync.console.Operations;
import io.deltasync.console.Person;
import io.deltasync.console.WaitingRequest;
import io.deltasync.console.WaitingRequests;
import io.deltasync.lease.LinkBusyException;
import io.deltasync.link.Link;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

/**
 * The requests that were pushed to a Link and wait. Their records are not shown.
 */
@Controller
class RequestsPage {

	private static final int ROWS = 50;

	private final Operations operations;

	private final WaitingRequests requests;

	private final InstantSource clock;

	RequestsPage(Operations operations, WaitingRequests requests, InstantSource clock) {
		this.operations = operations;
		this.requests = requests;
		this.clock = clock;
	}

	@GetMapping("/links/{name}/requests")
	String requests(@PathVariable String name, @RequestParam(defaultValue = "0") long after, Model model) {
		Link link = show(name, model);
		List<WaitingRequest> found = this.requests.list(link, after, ROWS + 1);
		model.addAttribute("requests", found.subList(0, Math.min(ROWS, found.size())));
		model.addAttribute("next", (found.size() > ROWS) ? found.get(ROWS - 1).id() : null);
		model.addAttribute("newestPage", after == 0);
		return "requests";
	}

	/** Says how many requests would be discarded, before they are. */
	@GetMapping("/links/{name}/requests/discard")
	String confirm(@PathVariable String name, @RequestParam(defaultValue = "1") long first,
			@RequestParam(defaultValue = "" + Long.MAX_VALUE) long last, Model model) {
		Link link = show(name, model);
		long end = (last < Long.MAX_VALUE) ? last : this.requests.last(link);
		model.addAttribute("first", first);
		model.addAttribute("last", end);
		model.addAttribute("count", this.requests.count(link, first, end));
		return "requests-discard";
	}

	@PostMapping("/links/{name}/requests/discard")
	String discard(@PathVariable String name, @RequestParam long first, @RequestParam long last,
			@RequestParam long count, Principal who, RedirectAttributes redirect) throws LinkBusyException {
		Link link = this.operations.link(name);
		long discarded = this.requests.discard(link, first, last, new Person(who.getName()));
		redirect.addFlashAttribute("done",
				"%,d %s discarded".formatted(discarded, (discarded == 1) ? "request was" : "requests were")
						+ ((discarded < count) ? "; %,d no longer waited".formatted(count - discarded) : ""));
		return "redirect:/links/%s/requests".formatted(SegmentLinkBuilder.encode(name));
	}

	private Link show(String name, Model model) {
		Link link = this.operations.link(name);
		model.addAttribute("name", name);
		model.addAttribute("text", new Text(this.clock.instant()));
		return link;
	}

}
