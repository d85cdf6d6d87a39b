package io.deltasync.console.api;

import io.deltasync.console.JobExecutions;
import jakarta.servlet.http.HttpServletRequest;
import org.jspecify.annotations.Nullable;
import org.springframework.batch.core.BatchStatus;
import org.springframework.security.core.Authentication;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/**
 * The executions of all Spring Batch jobs in the REST API.
 */
@RestController
@RequestMapping("/api/v1/executions")
class ExecutionsApi {

	private final JobExecutions executions;

	ExecutionsApi(JobExecutions executions) {
		this.executions = executions;
	}

	@GetMapping
	Page<JobExecutions.Execution> executions(@RequestParam(required = false) @Nullable String job,
			@RequestParam(required = false) @Nullable BatchStatus status,
			@RequestParam(required = false) @Nullable Long before,
			@RequestParam(defaultValue = Page.DEFAULT_LIMIT) int limit, Authentication authentication,
			HttpServletRequest request) {
		Caller.of(authentication).checkList(job, "job");
		Page.toRead(limit);
		long from = (before != null) ? before : Long.MAX_VALUE;
		JobExecutions.Listed found = this.executions.newest(job, status, from, limit);
		return new Page<>(found.executions(),
				(found.next() != null) ? Page.next(request, "before", found.next()) : null);
	}

	@GetMapping("/{id}")
	JobExecutions.Details execution(@PathVariable long id, Authentication authentication) {
		JobExecutions.Details found = this.executions.find(id);
		return Caller.of(authentication).visible(found.job(), found, "Job execution %d".formatted(id));
	}

}
