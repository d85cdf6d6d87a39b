package io.deltasync.console.page;

import java.time.InstantSource;

import io.deltasync.api.AbortRunException;
import io.deltasync.console.Operations;
import io.deltasync.event.Mode;
import io.deltasync.link.Link;
import io.deltasync.run.plan.Previews;
import io.deltasync.trace.RecordPreview;
import io.deltasync.trace.RecordPreview.Previewed;
import io.deltasync.trace.RecordPreviews;
import io.deltasync.trace.TraceWords;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;

/**
 * What the next run of a Link would fetch: its plan, and its first records.
 */
@Controller
class PreviewPage {

	private final Operations operations;

	private final Previews previews;

	private final RecordPreviews recordPreviews;

	private final InstantSource clock;

	PreviewPage(Operations operations, Previews previews, RecordPreviews recordPreviews, InstantSource clock) {
		this.operations = operations;
		this.previews = previews;
		this.recordPreviews = recordPreviews;
		this.clock = clock;
	}

	@GetMapping("/links/{name}/preview")
	String plan(@PathVariable String name, @RequestParam(defaultValue = "DELTA") Mode mode, Model model) {
		Link link = describe(name, mode, model);
		model.addAttribute("limit", RecordPreviews.DEFAULT_LIMIT);
		try {
			model.addAttribute("preview", this.previews.preview(link, asked(mode)));
		}
		catch (AbortRunException | IllegalStateException ex) {
			model.addAttribute("problem", String.valueOf(ex.getMessage()));
		}
		return "preview";
	}

	/** Not a GET: it reads data, and a source may begin to prepare something. */
	@PostMapping("/links/{name}/preview")
	String records(@PathVariable String name, @RequestParam(defaultValue = "DELTA") Mode mode,
			@RequestParam(defaultValue = "" + RecordPreviews.DEFAULT_LIMIT) int limit, Model model) {
		Link link = describe(name, mode, model);
		int allowed = Math.max(1, Math.min(limit, RecordPreviews.MAX_LIMIT));
		model.addAttribute("limit", allowed);
		try {
			RecordPreview preview = this.recordPreviews.preview(link, asked(mode), allowed);
			model.addAttribute("preview", preview);
			model.addAttribute("passages",
					preview.records().stream().map(Previewed::passage).map(TraceWords::of).toList());
		}
		catch (AbortRunException ex) {
			model.addAttribute("problem", String.valueOf(ex.getMessage()));
		}
		return "records";
	}

	private Link describe(String name, Mode mode, Model model) {
		Link link = this.operations.link(name);
		model.addAttribute("name", name);
		model.addAttribute("fetches", !link.takesPushes());
		model.addAttribute("full", asked(mode) == Mode.FULL);
		model.addAttribute("most", RecordPreviews.MAX_LIMIT);
		model.addAttribute("text", new Text(this.clock.instant()));
		return link;
	}

	private static Mode asked(Mode mode) {
		return (mode == Mode.FULL) ? Mode.FULL : Mode.DELTA;
	}

}
