export const roles = ['host', 'cohost', 'reader', 'listener'] as const;

export const canModerate = (role: (typeof roles)[number]): boolean => role === 'host' || role === 'cohost';
