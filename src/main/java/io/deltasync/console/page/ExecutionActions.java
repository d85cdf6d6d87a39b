package io.deltasync.console.page;

import java.security.Principal;

import io.deltasync.console.ExecutionOperations;
import io.deltasync.console.Person;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

/**
 * What people do with job executions.
 */
@Controller
class ExecutionActions {

	private final ExecutionOperations operations;

	ExecutionActions(ExecutionOperations operations) {
		this.operations = operations;
	}

	@PostMapping("/executions")
	String start(@RequestParam String job, @RequestParam(defaultValue = "") String parameters, Principal who,
			RedirectAttributes redirect) throws Exception {
		Long execution = this.operations.start(job, parameters, new Person(who.getName()));
		if (execution == null) {
			redirect.addFlashAttribute("done",
					"The job has not started yet, because a system does not answer. It appears here when it has started");
			return "redirect:/executions";
		}
		return to(execution, "The job was started", redirect);
	}

	@PostMapping("/executions/{id}/restart")
	String restart(@PathVariable long id, Principal who, RedirectAttributes redirect) throws Exception {
		long newest = this.operations.restart(id, new Person(who.getName()));
		return to(newest, (newest != id) ? "Execution %d was restarted".formatted(id)
				: "The restart is not stored yet. It appears as a new execution", redirect);
	}

	@PostMapping("/executions/{id}/stop")
	String stop(@PathVariable long id, Principal who, RedirectAttributes redirect) throws Exception {
		this.operations.stop(id, new Person(who.getName()));
		return to(id, "The execution was asked to stop. It stops after its current batch", redirect);
	}

	@PostMapping("/executions/{id}/abandon")
	String abandon(@PathVariable long id, Principal who, RedirectAttributes redirect) throws Exception {
		this.operations.abandon(id, new Person(who.getName()));
		return to(id, "The execution is abandoned", redirect);
	}

	@PostMapping("/executions/{id}/recover")
	String recover(@PathVariable long id, Principal who, RedirectAttributes redirect) throws Exception {
		this.operations.recover(id, new Person(who.getName()));
		return to(id, "The execution is closed, and can be restarted", redirect);
	}

	private static String to(long execution, String done, RedirectAttributes redirect) {
		redirect.addFlashAttribute("done", done);
		return "redirect:/executions/" + execution;
	}

}
