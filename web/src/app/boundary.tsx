import { Component, type ReactNode } from 'react';
import { t } from '../lib/words';
import { Button } from '../ui/basic';

/** A fault of one page does not take the others with it. */
export class Boundary extends Component<{ children: ReactNode; resetKey: string }, { fault: Error | null }> {
  override state: { fault: Error | null } = { fault: null };

  static getDerivedStateFromError(fault: Error) {
    return { fault };
  }

  override componentDidUpdate(before: { resetKey: string }) {
    if (before.resetKey !== this.props.resetKey && this.state.fault) this.setState({ fault: null });
  }

  override render() {
    const { fault } = this.state;
    if (!fault) return this.props.children;
    return (
      <div className="page">
        <div className="problem" role="alert">
          <p className="problem-title">{t('problem-page')}</p>
          <p><code>{fault.message}</code></p>
          <p className="hint">{t('problem-page-hint')}</p>
          <Button icon="retry" onClick={() => location.reload()}>{t('retry')}</Button>
        </div>
      </div>
    );
  }
}
