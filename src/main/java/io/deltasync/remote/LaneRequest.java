package io.deltasync.remote;

import org.springframework.batch.integration.partition.StepExecutionRequest;

/**
 * A request to execute a lane: the content of a message.
 *
 * @param link the Link's name
 * @param stepName the name of the step to execute
 * @param stepExecutionId the lane's step execution
 */
record LaneRequest(String link, String stepName, long stepExecutionId) {

	static LaneRequest of(String link, StepExecutionRequest request) {
		return new LaneRequest(link, request.getStepName(), request.getStepExecutionId());
	}

	StepExecutionRequest toStepExecutionRequest() {
		return new StepExecutionRequest(this.stepName, this.stepExecutionId);
	}

}
