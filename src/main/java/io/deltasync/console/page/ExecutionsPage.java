package io.deltasync.console.page;

import java.time.InstantSource;
import java.util.List;
import java.util.Locale;

import io.deltasync.console.ConflictException;
import io.deltasync.console.ExecutionOperations;
import io.deltasync.console.JobExecutions;
import io.deltasync.console.StoredContexts;
import org.jspecify.annotations.Nullable;
import org.springframework.batch.core.BatchStatus;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestParam;

/**
 * The executions of all Spring Batch jobs, whether or not they are Links.
 */
@Controller
class ExecutionsPage {

	private static final int ROWS = 50;

	private final JobExecutions executions;

	private final StoredContexts contexts;

	private final ExecutionOperations operations;

	private final InstantSource clock;

	ExecutionsPage(JobExecutions executions, StoredContexts contexts, ExecutionOperations operations,
			InstantSource clock) {
		this.executions = executions;
		this.contexts = contexts;
		this.operations = operations;
		this.clock = clock;
	}

	@GetMapping("/executions")
	String executions(@RequestParam(defaultValue = "") String job,
			@RequestParam(required = false) @Nullable BatchStatus status,
			@RequestParam(required = false) @Nullable Long before, Model model) {
		JobExecutions.Listed found = this.executions.newest(job.isBlank() ? null : job.strip(), status,
				(before != null) ? before : Long.MAX_VALUE, ROWS);
		model.addAttribute("found", found);
		model.addAttribute("job", job.strip());
		model.addAttribute("status", status);
		model.addAttribute("before", before);
		model.addAttribute("statuses", BatchStatus.values());
		model.addAttribute("searched", JobExecutions.MOST_SEARCHED);
		model.addAttribute("startable", !this.operations.jobs().isEmpty());
		return show("executions", model);
	}

	@GetMapping("/executions/{id}")
	String execution(@PathVariable long id, Model model) {
		JobExecutions.Details execution = this.executions.find(id);
		List<String> jobs = this.operations.jobs();
		model.addAttribute("execution", execution);
		model.addAttribute("contexts", this.contexts.of(id));
		model.addAttribute("actions",
				Actions.of(execution, execution.event() != null || jobs.contains(execution.job())));
		model.addAttribute("startable", jobs.contains(execution.job()));
		model.addAttribute("mostSteps", JobExecutions.MOST_STEPS);
		return show("execution", model);
	}

	@GetMapping("/executions/{id}/confirm")
	String confirm(@PathVariable long id, @RequestParam String action, Model model) {
		if (!List.of("abandon", "recover").contains(action)) {
			throw new ConflictException("There is no action '%s' to confirm".formatted(action));
		}
		model.addAttribute("execution", this.executions.find(id));
		model.addAttribute("action", action);
		return show("execution-confirm", model);
	}

	@GetMapping("/executions/start")
	String start(@RequestParam(defaultValue = "") String job, Model model) {
		List<String> jobs = this.operations.jobs();
		model.addAttribute("jobs", jobs);
		model.addAttribute("job", job);
		model.addAttribute("next", jobs.contains(job) && this.operations.hasIncrementer(job));
		return show("job-start", model);
	}

	private String show(String page, Model model) {
		model.addAttribute("text", new Text(this.clock.instant()));
		return page;
	}

	/**
	 * What can be done with an execution.
	 *
	 * @param stop whether it can be asked to stop
	 * @param restart whether it can be restarted
	 * @param abandon whether it can be abandoned
	 * @param recover whether it can be marked as failed
	 */
	public record Actions(boolean stop, boolean restart, boolean abandon, boolean recover) {

		/**
		 * Decides by the stored status. What is wrong nevertheless is refused when it is
		 * done.
		 */
		static Actions of(JobExecutions.Details execution, boolean known) {
			String status = execution.status().toUpperCase(Locale.ROOT);
			boolean running = List.of("STARTING", "STARTED").contains(status);
			boolean ended = List.of("FAILED", "STOPPED").contains(status);
			boolean newest = execution.newest() == execution.id();
			boolean link = execution.event() != null;
			return new Actions(running, known && ended && newest,
					!link && (ended || List.of("STOPPING", "UNKNOWN").contains(status)),
					running || "STOPPING".equals(status));
		}

	}

}
