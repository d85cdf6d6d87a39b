package io.deltasync.console.page;

import java.time.InstantSource;
import java.util.List;

import io.deltasync.console.Operations;
import io.deltasync.console.UnknownException;
import io.deltasync.event.decision.RejectDecisions;
import io.deltasync.event.decision.RejectDecisions.Decision;
import io.deltasync.reject.Reject;
import io.deltasync.reject.RejectGroups;
import io.deltasync.reject.RejectSelection;
import io.deltasync.reject.Rejects;
import io.deltasync.run.RunTables;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestParam;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/**
 * The rejects of a Link that wait: by reason, in pages, and one by one.
 */
@Controller
class RejectsPage {

	private static final int GROUPS = 20;

	private static final int ROWS = 50;

	private static final JsonMapper JSON = new JsonMapper();

	private final Operations operations;

	private final Rejects rejects;

	private final RejectGroups groups;

	private final RejectDecisions decisions;

	private final InstantSource clock;

	RejectsPage(Operations operations, RunTables tables, RejectGroups groups, RejectDecisions decisions,
			InstantSource clock) {
		this.operations = operations;
		this.rejects = tables.rejects();
		this.groups = groups;
		this.decisions = decisions;
		this.clock = clock;
	}

	@GetMapping("/links/{name}/rejects")
	String rejects(@PathVariable String name, @RequestParam(required = false) @Nullable Long like,
			@RequestParam(defaultValue = "0") long after, Model model) {
		show(name, like, model);
		List<Reject> found = this.groups.find(selection(name, like), after, Long.MAX_VALUE, ROWS + 1);
		model.addAttribute("waiting", this.groups.waiting(name));
		model.addAttribute("groups", this.groups.largest(name, GROUPS));
		model.addAttribute("mostGrouped", RejectGroups.MOST_GROUPED);
		model.addAttribute("rejects", found.subList(0, Math.min(ROWS, found.size())));
		model.addAttribute("next", (found.size() > ROWS) ? found.get(ROWS - 1).id() : null);
		model.addAttribute("first", after == 0);
		return "rejects";
	}

	/** Says what a decision would change, before it is made. */
	@GetMapping("/links/{name}/rejects/decision")
	String decision(@PathVariable String name, @RequestParam Decision action,
			@RequestParam(required = false) @Nullable Long like, Model model) {
		show(name, like, model);
		long last = this.groups.last(name);
		model.addAttribute("action", action);
		model.addAttribute("last", last);
		model.addAttribute("count", this.decisions.count(action, selection(name, like), last));
		return "rejects-decision";
	}

	@GetMapping("/rejects/{id}")
	String reject(@PathVariable long id, Model model) {
		Reject reject = this.rejects.find(id)
			.orElseThrow(() -> new UnknownException("There is no reject %d".formatted(id)));
		model.addAttribute("reject", reject);
		model.addAttribute("properties", readable(reject.properties()));
		model.addAttribute("text", new Text(this.clock.instant()));
		return "reject";
	}

	private void show(String name, @Nullable Long like, Model model) {
		this.operations.link(name);
		model.addAttribute("name", name);
		model.addAttribute("like", like);
		model.addAttribute("selected", (like != null) ? selection(name, like) : null);
		model.addAttribute("text", new Text(this.clock.instant()));
	}

	private RejectSelection selection(String link, @Nullable Long like) {
		if (like == null) {
			return RejectSelection.all(link);
		}
		return this.rejects.find(like)
			.filter((reject) -> reject.link().equals(link))
			.map(RejectSelection::like)
			.orElseThrow(() -> new UnknownException("Link '%s' has no reject %d".formatted(link, like)));
	}

	/** Indents the properties. They were stored without the values of masked fields. */
	private static @Nullable String readable(@Nullable String properties) {
		if (properties == null) {
			return null;
		}
		try {
			return JSON.readTree(properties).toPrettyString();
		}
		catch (JacksonException ex) {
			return properties;
		}
	}

}
