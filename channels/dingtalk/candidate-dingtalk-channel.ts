import type { CandidateChannel, StaffChannel } from '../channel.ts';

/** Reaches candidates who are members of the organisation by now, one to one. `to` is their staffId. */
export function createCandidateDingTalkChannel(staff: Pick<StaffChannel, 'sendDirect'>): CandidateChannel {
  return {
    name: 'dingtalk',
    async send(envelope) {
      const [answer] = await staff.sendDirect([envelope.to], { format: 'text', content: envelope.text }, 'normal');
      return answer ?? { outcome: 'uncertain', detail: 'no answer' };
    },
  };
}
