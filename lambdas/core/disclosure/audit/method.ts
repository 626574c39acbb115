/** What settled a verdict: bounds drawn equation by equation, other tables found by walking or by trying values one by one, or linear programs (docs/METHODS.md §3.5). */
export type Method = 'propagation' | 'walk' | 'trial' | 'linear program';
