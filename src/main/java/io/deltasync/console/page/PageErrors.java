package io.deltasync.console.page;

import java.util.Objects;

import io.deltasync.api.AbortRunException;
import io.deltasync.config.Secrets;
import io.deltasync.console.ConflictException;
import io.deltasync.console.SystemState;
import io.deltasync.console.UnknownException;
import io.deltasync.event.Formats;
import io.deltasync.serve.LinkProblems;
import jakarta.servlet.http.HttpServletResponse;
import io.deltasync.trace.UntraceableException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.batch.core.job.JobExecutionException;
import org.springframework.batch.core.job.UnexpectedJobExecutionException;
import org.springframework.dao.DataAccessException;
import org.springframework.http.HttpStatus;
import org.springframework.transaction.TransactionException;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.ControllerAdvice;
import org.springframework.web.bind.annotation.ExceptionHandler;

/**
 * Shows an error as a page that says what happened and what to do.
 */
@ControllerAdvice(basePackageClasses = PageErrors.class)
class PageErrors {

	private static final Logger logger = LoggerFactory.getLogger(PageErrors.class);

	private final SystemState system;

	PageErrors(SystemState system) {
		this.system = system;
	}

	@ExceptionHandler(UnknownException.class)
	String unknown(UnknownException ex, Model model, HttpServletResponse response) {
		return page(HttpStatus.NOT_FOUND, "Not found", ex, model, response);
	}

	@ExceptionHandler({ ConflictException.class, JobExecutionException.class, UnexpectedJobExecutionException.class,
			AbortRunException.class, UntraceableException.class })
	String conflict(Exception ex, Model model, HttpServletResponse response) {
		return page(HttpStatus.CONFLICT, "Not done", ex, model, response);
	}

	/** The message may quote data, so only what is known about the outage is shown. */
	@ExceptionHandler({ DataAccessException.class, TransactionException.class })
	String away(RuntimeException ex, Model model, HttpServletResponse response) {
		logger.warn("A page cannot be shown: {}", Secrets.mask(String.valueOf(ex.getMessage())));
		logger.debug("A page cannot be shown", ex);
		LinkProblems.Outage outage = this.system.outage();
		return page(HttpStatus.SERVICE_UNAVAILABLE, "The database does not answer",
				new IllegalStateException(
						"The database of the JobRepository does not answer, or has refused a statement%s. "
							.formatted((outage != null) ? ", and this process has not been able to begin runs since "
									+ Formats.time(outage.since()) : "")
								+ "The page about the system says more. Try again when the database answers"),
				model, response);
	}

	private static String page(HttpStatus status, String title, Exception ex, Model model,
			HttpServletResponse response) {
		response.setStatus(status.value());
		model.addAttribute("title", title);
		model.addAttribute("message", Objects.requireNonNullElse(ex.getMessage(), ""));
		return "problem";
	}

}
