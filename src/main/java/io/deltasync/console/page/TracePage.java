package io.deltasync.console.page;

import java.security.Principal;
import java.util.LinkedHashMap;
import java.util.Map;

import io.deltasync.console.Operations;
import io.deltasync.console.Person;
import io.deltasync.console.RecordTraces;
import io.deltasync.trace.Trace;
import io.deltasync.trace.TraceWords;
import io.deltasync.trace.UntraceableException;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

/**
 * Where a record of a Link is.
 */
@Controller
class TracePage {

	private final Operations operations;

	private final RecordTraces traces;

	TracePage(Operations operations, RecordTraces traces) {
		this.operations = operations;
		this.traces = traces;
	}

	@GetMapping("/links/{name}/trace")
	String trace(@PathVariable String name, @RequestParam(defaultValue = "") String key, Model model) {
		this.operations.link(name);
		model.addAttribute("name", name);
		model.addAttribute("key", key);
		if (!key.isBlank()) {
			try {
				show(this.traces.trace(name, key), model);
			}
			catch (UntraceableException ex) {
				model.addAttribute("problem", ex.getMessage());
			}
		}
		return "trace";
	}

	private static void show(Trace trace, Model model) {
		model.addAttribute("trace", trace);
		model.addAttribute("answer", TraceWords.of(trace.where()));
		Map<String, @Nullable String> lines = new LinkedHashMap<>();
		lines.put("Window", TraceWords.of(trace.window()));
		lines.put("Way", TraceWords.of(trace.way()));
		lines.put("Delivered", TraceWords.of(trace.delivered()));
		lines.put("Last run", TraceWords.of(trace.lastRun()));
		lines.values().removeIf((line) -> line == null);
		model.addAttribute("lines", lines);
		model.addAttribute("reject", TraceWords.of(trace.reject()));
		model.addAttribute("log", trace.log().stream().map(TraceWords::of).toList());
	}

	@PostMapping("/links/{name}/deliveries")
	String deliver(@PathVariable String name, @RequestParam String key, Principal who, RedirectAttributes redirect)
			throws Exception {
		Long event = this.traces.deliver(name, key, new Person(who.getName()));
		return Redirects.toEvent(event, name, "The delivery of the record was started", redirect);
	}

}
