package io.deltasync.console.page;

import java.util.Objects;

import io.deltasync.api.AbortRunException;
import io.deltasync.console.ConflictException;
import io.deltasync.console.UnknownException;
import jakarta.servlet.http.HttpServletResponse;
import org.springframework.batch.core.job.JobExecutionException;
import org.springframework.batch.core.job.UnexpectedJobExecutionException;
import org.springframework.http.HttpStatus;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.ControllerAdvice;
import org.springframework.web.bind.annotation.ExceptionHandler;

/**
 * Shows an error as a page that says what happened and what to do.
 */
@ControllerAdvice(basePackageClasses = PageErrors.class)
class PageErrors {

	@ExceptionHandler(UnknownException.class)
	String unknown(UnknownException ex, Model model, HttpServletResponse response) {
		return page(HttpStatus.NOT_FOUND, "Not found", ex, model, response);
	}

	@ExceptionHandler({ ConflictException.class, JobExecutionException.class, UnexpectedJobExecutionException.class,
			AbortRunException.class })
	String conflict(Exception ex, Model model, HttpServletResponse response) {
		return page(HttpStatus.CONFLICT, "Not done", ex, model, response);
	}

	private static String page(HttpStatus status, String title, Exception ex, Model model,
			HttpServletResponse response) {
		response.setStatus(status.value());
		model.addAttribute("title", title);
		model.addAttribute("message", Objects.requireNonNullElse(ex.getMessage(), ""));
		return "problem";
	}

}
